import type { Template } from './template.js';

const MAIN = `from paddock import Plugin, ToolError

# Tools and their schemas are declared in plugin.json; here stands what they do.
plugin = Plugin()


@plugin.tool("greet")
def greet(input, call):
    name = input["name"].strip()
    if not name:
        raise ToolError("name_empty", "There is nobody to greet.")
    call.log.info(f"greeting {name}")
    return {"greeting": f"Hello, {name}!"}


plugin.run()
`;

export const pythonFiles = (): Template => ({
  runtime: 'python',
  entry: 'main.py',
  files: { 'main.py': MAIN },
  packing: `\`paddock pack\` puts the SDK, one file called \`paddock.py\`, beside \`main.py\`, unless there is one. What else is imported is
to stand in this folder (\`pip install --target . <package>\`), in Python alone: machine code is left to a reviewer.`,
});
