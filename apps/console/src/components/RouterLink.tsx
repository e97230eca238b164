import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

type To = { to: string; children: ReactNode };

/** A link to another page of the console. */
export const RouterLink = ({ to, children, ...rest }: To & AnchorProps) => (
  <Anchor component={Link} to={to} {...rest}>
    {children}
  </Anchor>
);

/** A link that looks like a button. */
export const LinkButton = ({ to, children, ...rest }: To & ButtonProps) => (
  <Button component={Link} to={to} {...rest}>
    {children}
  </Button>
);
