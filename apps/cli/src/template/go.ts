import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sdkFolder } from '../sdkFolder.js';
import type { Template } from './template.js';

const SDK_COPY = 'paddock-sdk';
const BUILD = "CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o plugin .";

const MAIN = `// Tools and their schemas are declared in plugin.json; here stands what they do.
package main

import (
	"context"
	_ "embed"
	"strings"

	paddock "paddock.dev/sdk-go"
)

//go:embed plugin.json
var manifest []byte

func main() {
	paddock.Serve(paddock.FromManifest(manifest, map[string]paddock.Handler{
		"greet": paddock.Typed(greet),
	}))
}

type greetInput struct {
	Name string \`json:"name"\`
}

type greetOutput struct {
	Greeting string \`json:"greeting"\`
}

func greet(ctx context.Context, input greetInput, call *paddock.Call) (*greetOutput, error) {
	name := strings.TrimSpace(input.Name)
	if name == "" {
		return nil, paddock.Errorf("name_empty", "There is nobody to greet.")
	}
	call.Log.Infof("greeting %s", name)
	return &greetOutput{Greeting: "Hello, " + name + "!"}, nil
}
`;

const MODULE = `module example.com/plugin

go 1.19

require paddock.dev/sdk-go v0.0.0

replace paddock.dev/sdk-go => ./${SDK_COPY}
`;

export const goFiles = (): Template => ({
  runtime: 'native',
  entry: 'plugin',
  files: {
    'main.go': MAIN,
    'go.mod': MODULE,
    '.paddockignore': `# Only what is built goes into the bundle.\n*.go\ngo.mod\ngo.sum\n${SDK_COPY}\n`,
    ...sdkCopy(),
  },
  build: BUILD,
  packing: `It is built before it is packed, as a static executable of this machine’s kind. \`${SDK_COPY}\` is a copy of the SDK, so that
nothing has to be downloaded.`,
});

function sdkCopy(): Record<string, string> {
  const folder = sdkFolder('go');
  const names = readdirSync(folder).filter((name) => name === 'go.mod' || /^(?!.*_test\.go$).*\.go$/.test(name));
  return Object.fromEntries(names.map((name) => [`${SDK_COPY}/${name}`, readFileSync(join(folder, name), 'utf8')]));
}
