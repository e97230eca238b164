/** What the author of a plugin imports: {@link definePlugin}, {@link ToolError} and the types of a tool. Standard library only. */
export type { BlobWriter, FetchOptions, HostServices, HttpHead, HttpResponse, HttpStream } from './host.js';
export { definePlugin, type PluginStreams } from './plugin.js';
export {
  HostError,
  type JsonObject,
  type LogLevel,
  type PluginDefinition,
  type Tool,
  type ToolContext,
  ToolError,
} from './tool.js';
