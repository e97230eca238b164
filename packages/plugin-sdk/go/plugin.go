// Package paddock is what the author of a Go plugin imports. Standard library only.
//
// A plugin is a program that serves tools over stdin and stdout, as the Model Context Protocol has it, with what
// Paddock's host offers beside it. Schemas are checked by the platform, before and after a tool.
package paddock

import (
	"context"
	"encoding/json"
	"fmt"
)

// Plugin is what a program serves.
type Plugin interface {
	// Name and Version are how the plugin introduces itself.
	Name() string
	Version() string
	// Tools are the functions that it offers, just those that plugin.json declares.
	Tools() []Tool
}

// Tool is one function of a plugin.
type Tool struct {
	Name        string          `json:"name"`
	Description string          `json:"description"`
	InputSchema json.RawMessage `json:"inputSchema"`
	// OutputSchema may be left out.
	OutputSchema json.RawMessage `json:"outputSchema,omitempty"`
	Handler      Handler         `json:"-"`
}

// Handler carries out one call. What it answers is told as structured content if it is a JSON object, otherwise as text.
// The context ends when the run is cancelled and at its deadline; the sandbox is killed shortly after.
type Handler func(ctx context.Context, call *Call) (any, error)

// Typed makes a Handler of a function that takes its input decoded.
func Typed[Input, Output any](handle func(ctx context.Context, input Input, call *Call) (Output, error)) Handler {
	return func(ctx context.Context, call *Call) (any, error) {
		var input Input
		if err := json.Unmarshal(call.Input, &input); err != nil {
			return nil, Errorf("input_invalid", "the input does not fit: %v", err)
		}
		return handle(ctx, input, call)
	}
}

// Error is a failure that the caller of a tool is told about with its code, a stable word for programs.
// Any other error is told by its message alone.
type Error struct {
	Code    string
	Message string
}

func (e *Error) Error() string { return e.Message }

// Errorf makes an Error.
func Errorf(code, format string, values ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, values...)}
}

// HostError says that the host refused or failed; Code is the host's, such as "capability_not_granted".
type HostError struct {
	Code    string
	Message string
}

func (e *HostError) Error() string { return e.Code + ": " + e.Message }

// Call is what a handler gets beside its context.
type Call struct {
	// Input is the tool's input, a JSON object.
	Input json.RawMessage
	Host  Host
	Log   Log

	server        *server
	progressToken json.RawMessage
}

// Progress tells how far the run is: done of total, in any unit; a total of 0 is not known.
func (c *Call) Progress(done, total float64, message string) {
	if c.progressToken == nil {
		return
	}
	params := map[string]any{"progressToken": c.progressToken, "progress": done}
	if total > 0 {
		params["total"] = total
	}
	if message != "" {
		params["message"] = message
	}
	c.server.notify("notifications/progress", params)
}

// Log is the run's log. The tenant can read it, so no secret belongs there.
type Log struct{ server *server }

// Debugf writes to the run's log.
func (l Log) Debugf(format string, values ...any) { l.write("debug", format, values) }

// Infof writes to the run's log.
func (l Log) Infof(format string, values ...any) { l.write("info", format, values) }

// Warningf writes to the run's log.
func (l Log) Warningf(format string, values ...any) { l.write("warning", format, values) }

// Errorf writes to the run's log.
func (l Log) Errorf(format string, values ...any) { l.write("error", format, values) }

func (l Log) write(level, format string, values []any) {
	l.server.notify("notifications/message", map[string]any{"level": level, "data": fmt.Sprintf(format, values...)})
}

// FromManifest makes a Plugin of plugin.json, the one place where tools and their schemas are declared, and of what they
// do. It panics unless both have the same tools, which is a mistake of the plugin's author.
//
//	//go:embed plugin.json
//	var manifest []byte
//
//	func main() { paddock.Serve(paddock.FromManifest(manifest, map[string]paddock.Handler{"greet": greet})) }
func FromManifest(manifest []byte, handlers map[string]Handler) Plugin {
	var declared struct {
		Name    string
		Version string
		Tools   []Tool
	}
	if err := json.Unmarshal(manifest, &declared); err != nil {
		panic(fmt.Sprintf("plugin.json: %v", err))
	}
	for index := range declared.Tools {
		tool := &declared.Tools[index]
		tool.Handler = handlers[tool.Name]
		if tool.Handler == nil {
			panic(fmt.Sprintf("plugin.json declares the tool %s, which has no handler", tool.Name))
		}
	}
	if len(handlers) != len(declared.Tools) {
		panic("a handler is for no tool of plugin.json")
	}
	return manifestPlugin{declared.Name, declared.Version, declared.Tools}
}

type manifestPlugin struct {
	name, version string
	tools         []Tool
}

func (p manifestPlugin) Name() string    { return p.name }
func (p manifestPlugin) Version() string { return p.version }
func (p manifestPlugin) Tools() []Tool   { return p.tools }
