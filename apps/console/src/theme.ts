/** The look of the console: a warm, quiet ground, one green, and type from the system. */
import { Alert, Badge, Button, createTheme, EmptyState, type MantineColorsTuple, Paper, Table } from '@mantine/core';

const moss: MantineColorsTuple = [
  '#eef6f1',
  '#dceae2',
  '#b6d4c4',
  '#8dbda4',
  '#6ba98a',
  '#559d79',
  '#489770',
  '#38835f',
  '#2e7553',
  '#1f6545',
];

const dark: MantineColorsTuple = [
  '#e4e6e1',
  '#c3c7c0',
  '#9ba199',
  '#767d75',
  '#363d37',
  '#303631',
  '#282d29',
  '#1d211e',
  '#171a18',
  '#101311',
];

const sans = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif';
const mono = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace';

export const theme = createTheme({
  colors: { moss, dark },
  primaryColor: 'moss',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  fontFamily: sans,
  fontFamilyMonospace: mono,
  headings: {
    fontFamily: sans,
    fontWeight: '620',
    sizes: { h1: { fontSize: '1.625rem' }, h2: { fontSize: '1.125rem' }, h3: { fontSize: '1rem' } },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Alert: Alert.extend({ defaultProps: { variant: 'light', radius: 'md' } }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 550 } }),
    Button: Button.extend({ defaultProps: { fw: 550 } }),
    EmptyState: EmptyState.extend({ defaultProps: { size: 'sm' } }),
    Paper: Paper.extend({ defaultProps: { withBorder: true, p: 'lg', className: 'surface' } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 'sm', horizontalSpacing: 'lg' } }),
  },
});
