/** What a host service is: for some of the methods in contracts' `HOST_SERVICES`, what answers one that is allowed and well-formed. */
import type { Capabilities, HostMethod, HostParams, HostResult } from '@paddock/contracts';
import type { ClaimedRun } from '@paddock/db';
import type { HostCall } from '@paddock/sandbox';

/** The run that a service answers for. */
export interface ServedRun {
  readonly claim: ClaimedRun;
  /** What the manifest declares and the tenant granted. */
  readonly allowed: Capabilities;
  /** Counts something that the run's audit event shall tell, beside the methods that were answered. Few different ones. */
  readonly note: (what: string) => void;
}

export type Handler<M extends HostMethod> = (params: HostParams<M>, call: HostCall) => Promise<HostResult<M>>;
export type Handlers<M extends HostMethod = HostMethod> = { readonly [K in M]: Handler<K> };

/** One service, made for one run. A handler refuses by throwing a PaddockError. */
export interface HostService<M extends HostMethod> {
  readonly handlers: Handlers<M>;
  /** Ends what is still open when the run is over. */
  close?(): Promise<void>;
}
