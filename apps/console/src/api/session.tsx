/**
 * Who is signed in: an API key, kept for this tab alone (sessionStorage), and what the API says that it may do.
 * The key is never put into a URL, a log or localStorage.
 */
import { createClient, type Me, type PaddockClient, unwrap } from '@paddock/client';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';

const STORED_KEY = 'paddock.apiKey';

/** The API stands where the pages come from. */
const url = window.location.origin;

export const newClient = (apiKey: string): PaddockClient => createClient({ url, apiKey });

interface Credentials {
  readonly apiKey: string | null;
  /** @throws ApiError when the key is not valid; whoever was signed in stays so. */
  signIn(apiKey: string): Promise<void>;
  signOut(): void;
}

const CredentialsContext = createContext<Credentials | null>(null);

export function CredentialsProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [apiKey, setApiKey] = useState(() => sessionStorage.getItem(STORED_KEY));
  const signIn = useCallback(
    async (candidate: string) => {
      const me = await fetchMe(newClient(candidate));
      queries.clear();
      queries.setQueryData(['me', candidate], me);
      sessionStorage.setItem(STORED_KEY, candidate);
      setApiKey(candidate);
    },
    [queries],
  );
  const signOut = useCallback(() => {
    sessionStorage.removeItem(STORED_KEY);
    setApiKey(null);
    queries.clear();
  }, [queries]);
  const value = useMemo(() => ({ apiKey, signIn, signOut }), [apiKey, signIn, signOut]);
  return <CredentialsContext value={value}>{children}</CredentialsContext>;
}

export function useCredentials(): Credentials {
  const credentials = useContext(CredentialsContext);
  if (credentials === null) throw new Error('There is no CredentialsProvider above.');
  return credentials;
}

export const fetchMe = (client: PaddockClient): Promise<Me> => unwrap(client.GET('/v1/me'));

export interface Session {
  readonly client: PaddockClient;
  readonly url: string;
  readonly apiKey: string;
  readonly me: Me;
  /** Whether the key may change things for the organization: install, upload, publish. */
  readonly isAdmin: boolean;
  /** Whether the key may run tools. */
  readonly canRun: boolean;
  /** Whether the key may read the audit trail. */
  readonly canAudit: boolean;
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ apiKey, me, children }: { apiKey: string; me: Me; children: ReactNode }) {
  const session = useMemo(() => {
    const { role } = me.apiKey;
    const isAdmin = role === 'owner' || role === 'admin';
    return {
      client: newClient(apiKey),
      url,
      apiKey,
      me,
      isAdmin,
      canRun: isAdmin || role === 'member',
      canAudit: isAdmin || role === 'auditor',
    };
  }, [apiKey, me]);
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Everything below the sign-in page has one. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('There is no SessionProvider above.');
  return session;
}
