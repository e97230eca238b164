import { AppShell, Burger, Button, Group, NavLink, ScrollArea, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { useCredentials, useSession } from '../api/session.js';
import { Mark } from '../components/Mark.js';
import { navigationFor } from './navigation.js';

/** The frame of every page: navigation, who is signed in, and the way out. */
export function Shell() {
  const [opened, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    close();
    window.scrollTo(0, 0);
    // A new page is told to screen readers, and the keyboard begins at its top.
    main.current?.focus({ preventScroll: true });
  }, [pathname, close]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', md: 'xl' }}
      layout="alt"
    >
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <AppShell.Header px="md">
        <Account
          burger={
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label="Navigation"
              aria-expanded={opened}
            />
          }
        />
      </AppShell.Header>
      <AppShell.Navbar p="md" aria-label="Pages">
        <Navigation
          pathname={pathname}
          burger={<Burger opened onClick={close} hiddenFrom="sm" size="sm" aria-label="Close the navigation" />}
        />
      </AppShell.Navbar>
      <AppShell.Main ref={main} id="main" tabIndex={-1} style={{ outline: 'none' }}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

function Account({ burger }: { burger: ReactNode }) {
  const { me } = useSession();
  const { signOut } = useCredentials();
  return (
    <Group h="100%" justify="space-between" wrap="nowrap">
      {burger}
      <Group gap="md" ml="auto" wrap="nowrap">
        <Stack gap={0} align="flex-end">
          <Text size="sm" fw={550} lh={1.3}>
            {me.organization.displayName}
          </Text>
          <Text size="xs" c="dimmed" lh={1.3}>
            {me.organization.slug} · {me.platformAdmin ? 'platform admin' : me.apiKey.role}
          </Text>
        </Stack>
        <Button variant="default" size="xs" onClick={signOut}>
          Sign out
        </Button>
      </Group>
    </Group>
  );
}

function Navigation({ pathname, burger }: { pathname: string; burger: ReactNode }) {
  const groups = navigationFor(useSession());
  return (
    <>
      <Group justify="space-between" mb="lg" px="xs">
        <Group gap="xs" component={Link} {...{ to: '/' }} style={{ color: 'inherit', textDecoration: 'none' }}>
          <Mark size={24} />
          <Text fw={650} size="lg">
            Paddock
          </Text>
        </Group>
        {burger}
      </Group>
      <ScrollArea>
        <Stack gap="lg">
          {groups.map(({ title, links }) => (
            <Stack key={title} gap={2} component="section" aria-label={title}>
              <Text size="xs" c="dimmed" px="sm" mb={2}>
                {title}
              </Text>
              {links.map(({ to, label }) => {
                const active =
                  pathname === to ||
                  pathname.startsWith(`${to}/`) ||
                  (to === '/catalogue' && pathname.startsWith('/plugins/'));
                return (
                  <NavLink
                    key={to}
                    component={Link}
                    to={to}
                    label={label}
                    active={active}
                    {...(active ? { 'aria-current': 'page' as const } : {})}
                    style={{ borderRadius: 'var(--mantine-radius-md)' }}
                  />
                );
              })}
            </Stack>
          ))}
        </Stack>
      </ScrollArea>
    </>
  );
}
