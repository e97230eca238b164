/** A tenant's installs, and what it grants with each. */
import { type Install, unwrap } from '@paddock/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { usePagedList } from './pages.js';
import { useSession } from './session.js';

export type Tool = Install['tools'][number];

export type UpgradePolicy = Install['upgradePolicy'];

export interface NewInstall {
  plugin: string;
  version: string;
  grants: Install['grants'];
  isolation: Install['isolation'];
  minIsolation: Install['minIsolation'];
  upgradePolicy: UpgradePolicy;
}

export function useInstalls() {
  const { client } = useSession();
  return usePagedList(['installs', 'list'], (after) =>
    unwrap(client.GET('/v1/installs', { params: { query: after === undefined ? {} : { after } } })),
  );
}

export function useInstall(id: string) {
  const { client } = useSession();
  return useQuery({
    queryKey: ['installs', id],
    queryFn: () => unwrap(client.GET('/v1/installs/{id}', { params: { path: { id } } })),
  });
}

export function useInstallAbilities(id: string) {
  const { client } = useSession();
  return useQuery({
    queryKey: ['installs', id, 'abilities'],
    queryFn: () => unwrap(client.GET('/v1/installs/{id}/abilities', { params: { path: { id } } })),
  });
}

export function useCreateInstall() {
  const { client } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewInstall) => unwrap(client.POST('/v1/installs', { body: { ...body, limits: {} } })),
    onSuccess: (install) => {
      queries.setQueryData(['installs', install.id], install);
      void queries.invalidateQueries({ queryKey: ['installs', 'list'] });
    },
  });
}

export function useChangeUpgrades(id: string) {
  const { client } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (upgradePolicy: UpgradePolicy) =>
      unwrap(client.PATCH('/v1/installs/{id}', { params: { path: { id } }, body: { upgradePolicy } })),
    onSuccess: (install) => queries.setQueryData(['installs', id], install),
  });
}

export function useRemoveInstall(id: string) {
  const { client } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(client.DELETE('/v1/installs/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      // Its page, which is still shown, asks again when somebody comes back to it.
      void queries.invalidateQueries({ queryKey: ['installs', id], refetchType: 'none' });
      void queries.invalidateQueries({ queryKey: ['installs', 'list'] });
    },
  });
}
