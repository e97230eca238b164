import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  type BrowserKey,
  canSign,
  forgetBrowserKey,
  generateBrowserKey,
  importBrowserKey,
  loadBrowserKey,
} from '../../signing/browserKey.js';

/** The organization's signing key in this browser, and what can be done about it. */
export function useBrowserKey(organizationId: string) {
  const queries = useQueryClient();
  const queryKey = ['browser-key', organizationId];
  const supported = useQuery({ queryKey: ['browser-can-sign'], queryFn: canSign, staleTime: Number.POSITIVE_INFINITY });
  const key = useQuery({ queryKey, queryFn: () => loadBrowserKey(organizationId) });
  const onSuccess = (kept: BrowserKey | null) => void queries.setQueryData(queryKey, kept);
  return {
    data: key.data,
    loadError: key.error,
    supported: supported.data,
    generate: useMutation({ mutationFn: () => generateBrowserKey(organizationId), onSuccess }),
    importPem: useMutation({ mutationFn: (pem: string) => importBrowserKey(organizationId, pem), onSuccess }),
    forget: useMutation({ mutationFn: () => forgetBrowserKey(organizationId), onSuccess: () => onSuccess(null) }),
  };
}

export type BrowserKeyState = ReturnType<typeof useBrowserKey>;
