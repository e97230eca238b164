package paddock

import (
	"context"
	"encoding/json"
	"io"
	"time"
)

const chunkBytes = 1024 * 1024

// Host is what the host does for a plugin, as far as the manifest declares it and the tenant grants it. Every method
// answers a *HostError with the host's code, or the context's error.
type Host struct {
	HTTP    HTTP
	KV      KV
	Secrets Secrets
	Blob    Blob
	Clock   Clock

	caller
}

// caller is what every host service stands on.
type caller struct{ server *server }

func hostOf(s *server) Host {
	c := caller{s}
	return Host{HTTP{c}, KV{c}, Secrets{c}, Blob{c}, Clock{c}, c}
}

// Call asks the host by a service's name on the wire, such as "kv.get", and decodes its answer into result.
func (c caller) Call(ctx context.Context, service string, params, result any) error {
	return c.server.callHost(ctx, service, params, result)
}

type nothing struct{}

// KV is a key-value store of the install's own.
type KV struct{ caller caller }

// Get decodes a key's value into value and answers its version; a version of 0 means that there is no such key.
func (kv KV) Get(ctx context.Context, key string, value any) (version int64, err error) {
	var found struct {
		Found   bool
		Value   json.RawMessage
		Version int64
	}
	if err := kv.caller.Call(ctx, "kv.get", map[string]any{"key": key}, &found); err != nil || !found.Found {
		return 0, err
	}
	return found.Version, json.Unmarshal(found.Value, value)
}

// PutOptions say when a key may be written, and how long it lives.
type PutOptions struct {
	// TTL is rounded down to milliseconds; 0 is for ever.
	TTL time.Duration
	// IfVersion is the version that the key must have; 0 does not ask.
	IfVersion int64
	// IfAbsent asks that there is no such key.
	IfAbsent bool
}

// Put stores a JSON value and answers its version. Where the options do not hold, the error's code is "kv_conflict".
func (kv KV) Put(ctx context.Context, key string, value any, options PutOptions) (version int64, err error) {
	params := map[string]any{"key": key, "value": value}
	if options.TTL > 0 {
		params["ttlMs"] = options.TTL.Milliseconds()
	}
	if options.IfAbsent {
		params["ifVersion"] = nil
	} else if options.IfVersion != 0 {
		params["ifVersion"] = options.IfVersion
	}
	var stored struct{ Version int64 }
	err = kv.caller.Call(ctx, "kv.put", params, &stored)
	return stored.Version, err
}

// Delete answers whether there was such a key. A version other than 0 is the one that the key must have.
func (kv KV) Delete(ctx context.Context, key string, ifVersion int64) (bool, error) {
	params := map[string]any{"key": key}
	if ifVersion != 0 {
		params["ifVersion"] = ifVersion
	}
	var answer struct{ Deleted bool }
	err := kv.caller.Call(ctx, "kv.delete", params, &answer)
	return answer.Deleted, err
}

// KVPage is a part of a listing; an empty Cursor ends it.
type KVPage struct {
	Entries []struct {
		Key     string
		Version int64
	}
	Cursor string
}

// List answers the keys with a prefix, from the cursor of the page before on; a limit of 0 is the host's.
func (kv KV) List(ctx context.Context, prefix, cursor string, limit int) (KVPage, error) {
	params := map[string]any{"prefix": prefix}
	if cursor != "" {
		params["cursor"] = cursor
	}
	if limit > 0 {
		params["limit"] = limit
	}
	var page KVPage
	err := kv.caller.Call(ctx, "kv.list", params, &page)
	return page, err
}

// Secrets are what the tenant has set for this install.
type Secrets struct{ caller caller }

// Get answers a secret's value.
func (s Secrets) Get(ctx context.Context, name string) (string, error) {
	var secret struct{ Value string }
	err := s.caller.Call(ctx, "secrets.get", map[string]any{"name": name}, &secret)
	return secret.Value, err
}

// Clock is the host's.
type Clock struct{ caller caller }

// Now answers the host's time and what is left of the run.
func (c Clock) Now(ctx context.Context) (now time.Time, remaining time.Duration, err error) {
	var answer struct{ UnixMs, RemainingMs int64 }
	err = c.caller.Call(ctx, "clock.now", nothing{}, &answer)
	return time.UnixMilli(answer.UnixMs), time.Duration(answer.RemainingMs) * time.Millisecond, err
}

// HTTP asks hosts that were granted, by the host.
type HTTP struct{ caller caller }

// Request is what HTTP.Fetch sends; only its URL must be given.
type Request struct {
	URL     string            `json:"url"`
	Method  string            `json:"method,omitempty"`
	Headers map[string]string `json:"headers,omitempty"`
	Body    []byte            `json:"bodyBase64,omitempty"`
	// TimeoutMs is until the answer's headers, and between two pieces of its body.
	TimeoutMs int `json:"timeoutMs,omitempty"`
	// Redirect is "follow" or "manual".
	Redirect string `json:"redirect,omitempty"`
}

// Response is an HTTP answer. Read its body to the end, or close it.
type Response struct {
	// URL is where the answer came from, after redirects.
	URL    string
	Status int
	// Headers have names in lower case.
	Headers map[string]string
	Body    io.ReadCloser
}

// Fetch answers as soon as the headers are there; the body is read from the host piece by piece.
func (h HTTP) Fetch(ctx context.Context, request Request) (*Response, error) {
	var answer struct {
		URL      string
		Status   int
		Headers  map[string]string
		StreamID string `json:"streamId"`
	}
	asked := struct {
		Request
		Stream bool `json:"stream"`
	}{request, true}
	if err := h.caller.Call(ctx, "http.fetch", asked, &answer); err != nil {
		return nil, err
	}
	body := &pieces{next: func() ([]byte, bool, error) {
		var piece struct {
			Data []byte `json:"dataBase64"`
			Done bool
		}
		err := h.caller.Call(ctx, "http.read", map[string]any{"streamId": answer.StreamID}, &piece)
		return piece.Data, piece.Done, err
	}, close: func() error {
		return h.caller.Call(ctx, "http.close", map[string]any{"streamId": answer.StreamID}, &nothing{})
	}}
	return &Response{answer.URL, answer.Status, answer.Headers, body}, nil
}

// Blob reads the blobs that a run is given and creates those that it gives.
type Blob struct{ caller caller }

// Open answers an input blob, to be read piece by piece.
func (b Blob) Open(ctx context.Context, name string) io.Reader {
	offset := 0
	return &pieces{next: func() ([]byte, bool, error) {
		var piece struct {
			Data []byte `json:"dataBase64"`
			Done bool
		}
		err := b.caller.Call(ctx, "blob.read", map[string]any{"name": name, "offset": offset}, &piece)
		offset += len(piece.Data)
		return piece.Data, piece.Done, err
	}}
}

// Create begins an output blob; an empty content type is application/octet-stream.
func (b Blob) Create(ctx context.Context, name, contentType string) (*BlobWriter, error) {
	params := map[string]any{"name": name}
	if contentType != "" {
		params["contentType"] = contentType
	}
	var created struct {
		BlobID string `json:"blobId"`
	}
	err := b.caller.Call(ctx, "blob.create", params, &created)
	return &BlobWriter{ctx, b.caller, created.BlobID}, err
}

// BlobWriter writes an output blob. One that is not finished when the run ends is dropped.
type BlobWriter struct {
	ctx    context.Context
	caller caller
	id     string
}

// Write sends data in pieces that the host takes.
func (w *BlobWriter) Write(data []byte) (int, error) {
	written := 0
	for written < len(data) {
		end := written + chunkBytes
		if end > len(data) {
			end = len(data)
		}
		params := map[string]any{"blobId": w.id, "dataBase64": data[written:end]}
		if err := w.caller.Call(w.ctx, "blob.write", params, &nothing{}); err != nil {
			return written, err
		}
		written = end
	}
	return written, nil
}

// BlobInfo is what a finished blob holds.
type BlobInfo struct {
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

// Finish ends the blob and answers what the host has of it.
func (w *BlobWriter) Finish() (BlobInfo, error) {
	var info BlobInfo
	err := w.caller.Call(w.ctx, "blob.finish", map[string]any{"blobId": w.id}, &info)
	return info, err
}

// pieces is a reader over what the host gives one after the other.
type pieces struct {
	next  func() (data []byte, done bool, err error)
	close func() error
	rest  []byte
	ended error
}

func (p *pieces) Read(into []byte) (int, error) {
	for len(p.rest) == 0 {
		if p.ended != nil {
			return 0, p.ended
		}
		data, done, err := p.next()
		p.rest = data
		if err != nil {
			p.ended = err
		} else if done {
			p.ended = io.EOF
		}
	}
	n := copy(into, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

func (p *pieces) Close() error {
	if p.ended != nil {
		return nil
	}
	p.ended = io.ErrClosedPipe
	return p.close()
}
