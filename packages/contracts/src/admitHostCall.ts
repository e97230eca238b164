import type { Capabilities } from './capabilities.js';
import { PaddockError } from './errors.js';
import { HOST_LIMITS, HOST_SERVICES, type HostMethod, isCapable, isHostMethod } from './hostServices.js';
import type { Usage } from './runs.js';

export interface AdmittedCall {
  method: HostMethod;
  /** Of the method's own form. */
  params: unknown;
}

/**
 * The door to the host services, wherever they are served: method known? within what a run may ask? declared and granted? params
 * well-formed? Which host, secret or key it is about, the service looks at.
 *
 * @param allowed what the manifest declares and the install was granted
 * @param used by this run until now, this call with it
 * @throws PaddockError `host_service_unknown`, `host_limit_exceeded`, `capability_not_granted`, `host_params_invalid` (with where and why)
 */
export function admitHostCall(
  method: string,
  params: unknown,
  allowed: Capabilities,
  used: Readonly<Pick<Usage, 'hostCalls' | 'hostRequestBytes' | 'hostAnswerBytes'>>,
): AdmittedCall {
  if (!isHostMethod(method)) throw new PaddockError('host_service_unknown');
  if (used.hostCalls > HOST_LIMITS.calls) throw exceeded(`${HOST_LIMITS.calls} requests`);
  if (used.hostRequestBytes > HOST_LIMITS.requestBytes) throw exceeded('the bytes of its requests');
  if (used.hostAnswerBytes > HOST_LIMITS.answerBytes) throw exceeded('the bytes of their answers');
  const { capability, params: form } = HOST_SERVICES[method];
  if (!isCapable(allowed, capability)) throw new PaddockError('capability_not_granted', `It takes ${capability}.`);
  const parsed = form.safeParse(params ?? {});
  if (parsed.success) return { method, params: parsed.data };
  const faults = parsed.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new PaddockError('host_params_invalid', faults.join('; '));
}

const exceeded = (what: string): PaddockError => new PaddockError('host_limit_exceeded', `It has used up ${what}.`);
