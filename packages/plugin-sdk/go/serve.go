package paddock

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"sync"
	"time"
)

const (
	protocolVersion = "2025-06-18"
	methodNotFound  = -32601
	invalidParams   = -32602
)

// Serve serves a plugin's tools until stdin ends, then waits for those under way; call it once, last. Stdout belongs to
// the protocol: fmt.Println and its like write to stderr from then on.
func Serve(plugin Plugin) {
	output := os.Stdout
	os.Stdout = os.Stderr
	serve(plugin, os.Stdin, output)
}

// message is a JSON-RPC 2.0 message of any kind.
type message struct {
	JSONRPC string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  any             `json:"params,omitempty"`
	Result  any             `json:"result,omitempty"`
	Error   *rpcError       `json:"error,omitempty"`
}

type rpcError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// received is a message as it comes, with its parts still to be read.
type received struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Message string
		Data    struct{ Code string }
	} `json:"error"`
}

type server struct {
	plugin Plugin
	tools  map[string]Tool
	calls  sync.WaitGroup

	writing sync.Mutex
	output  io.Writer

	mutex     sync.Mutex
	running   map[string]context.CancelFunc
	hostCalls map[string]chan received
	lastID    int
}

func serve(plugin Plugin, input io.Reader, output io.Writer) {
	s := &server{
		plugin: plugin, output: output, tools: map[string]Tool{},
		running: map[string]context.CancelFunc{}, hostCalls: map[string]chan received{},
	}
	for _, tool := range plugin.Tools() {
		s.tools[tool.Name] = tool
	}
	lines := bufio.NewReaderSize(input, 64*1024)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			break // What has no newline at its end is not a message.
		}
		s.receive(line)
	}
	s.hostIsGone()
	s.calls.Wait()
}

// receive takes one line. What is not a message is left alone: there is nobody to tell.
func (s *server) receive(line []byte) {
	var m received
	if json.Unmarshal(line, &m) != nil {
		return
	}
	switch {
	case m.Method == "":
		s.settleHostCall(m)
	case m.ID != nil:
		s.answer(m)
	case m.Method == "notifications/cancelled":
		var params struct {
			RequestID json.RawMessage `json:"requestId"`
		}
		if json.Unmarshal(m.Params, &params) == nil {
			s.mutex.Lock()
			defer s.mutex.Unlock()
			if cancel := s.running[string(params.RequestID)]; cancel != nil {
				cancel()
			}
		}
	}
}

func (s *server) answer(m received) {
	switch m.Method {
	case "initialize":
		s.result(m.ID, map[string]any{
			"protocolVersion": protocolVersion,
			"capabilities":    map[string]any{"tools": map[string]any{}, "logging": map[string]any{}},
			"serverInfo":      map[string]any{"name": s.plugin.Name(), "version": s.plugin.Version()},
		})
	case "tools/list":
		s.result(m.ID, map[string]any{"tools": s.plugin.Tools()})
	case "tools/call":
		s.start(m)
	case "ping":
		s.result(m.ID, map[string]any{})
	default:
		s.refuse(m.ID, methodNotFound, "no method "+m.Method)
	}
}

// start begins a call in a goroutine of its own.
func (s *server) start(m received) {
	var params struct {
		Name      string
		Arguments json.RawMessage
		Meta      struct {
			ProgressToken json.RawMessage `json:"progressToken"`
			RemainingMs   *float64        `json:"paddock.dev/remainingMs"`
		} `json:"_meta"`
	}
	err := json.Unmarshal(m.Params, &params)
	tool, known := s.tools[params.Name]
	if err != nil || !known {
		s.refuse(m.ID, invalidParams, "no tool "+params.Name)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	if params.Meta.RemainingMs != nil {
		remaining := time.Duration(*params.Meta.RemainingMs * float64(time.Millisecond))
		ctx, cancel = context.WithTimeout(context.Background(), remaining)
	}
	if len(params.Arguments) == 0 {
		params.Arguments = json.RawMessage("{}")
	}
	call := &Call{
		Input: params.Arguments, Host: hostOf(s), Log: Log{s},
		server: s, progressToken: params.Meta.ProgressToken,
	}
	id := string(m.ID)
	s.mutex.Lock()
	s.running[id] = cancel
	s.mutex.Unlock()
	s.calls.Add(1)
	go func() {
		defer s.calls.Done()
		result := outcome(ctx, tool.Handler, call)
		s.mutex.Lock()
		delete(s.running, id)
		s.mutex.Unlock()
		cancel()
		s.result(m.ID, result)
	}()
}

// outcome runs a handler; one that panics has failed, and the plugin serves on.
func outcome(ctx context.Context, handler Handler, call *Call) (result map[string]any) {
	defer func() {
		if reason := recover(); reason != nil {
			result = failure(fmt.Errorf("panic: %v", reason))
		}
	}()
	value, err := handler(ctx, call)
	if err != nil {
		return failure(err)
	}
	data, err := json.Marshal(value)
	if err != nil {
		return failure(err)
	}
	if text, isText := value.(string); isText {
		return map[string]any{"content": textContent(text)}
	}
	answer := map[string]any{"content": textContent(string(data))}
	if bytes.HasPrefix(data, []byte("{")) {
		answer["structuredContent"] = json.RawMessage(data)
	}
	return answer
}

func failure(err error) map[string]any {
	text := err.Error()
	var typed *Error
	if errors.As(err, &typed) {
		text = typed.Code + ": " + typed.Message
	}
	return map[string]any{"isError": true, "content": textContent(text)}
}

func textContent(text string) []map[string]string {
	return []map[string]string{{"type": "text", "text": text}}
}

// callHost asks the host and waits for its answer or the end of the context.
func (s *server) callHost(ctx context.Context, service string, params, result any) error {
	s.mutex.Lock()
	s.lastID++
	id := strconv.Quote("h" + strconv.Itoa(s.lastID))
	answered := make(chan received, 1)
	s.hostCalls[id] = answered
	s.mutex.Unlock()
	s.send(message{ID: json.RawMessage(id), Method: "host/" + service, Params: params})
	select {
	case <-ctx.Done():
		s.mutex.Lock()
		delete(s.hostCalls, id)
		s.mutex.Unlock()
		return ctx.Err()
	case m, open := <-answered:
		if !open {
			return &HostError{Code: "unavailable", Message: "the host has gone"}
		}
		if m.Error != nil {
			code := m.Error.Data.Code
			if code == "" {
				code = "internal"
			}
			return &HostError{Code: code, Message: m.Error.Message}
		}
		return json.Unmarshal(m.Result, result)
	}
}

func (s *server) settleHostCall(m received) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if answered := s.hostCalls[string(m.ID)]; answered != nil {
		answered <- m
		delete(s.hostCalls, string(m.ID))
	}
}

func (s *server) hostIsGone() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for id, answered := range s.hostCalls {
		close(answered)
		delete(s.hostCalls, id)
	}
}

func (s *server) result(id json.RawMessage, result any) { s.send(message{ID: id, Result: result}) }

func (s *server) refuse(id json.RawMessage, code int, text string) {
	s.send(message{ID: id, Error: &rpcError{Code: code, Message: text}})
}

func (s *server) notify(method string, params any) { s.send(message{Method: method, Params: params}) }

// send writes one line. Every part of a message is of this package or was made into JSON before, so it has a form.
func (s *server) send(m message) {
	m.JSONRPC = "2.0"
	line, err := json.Marshal(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	s.output.Write(append(line, '\n'))
}
