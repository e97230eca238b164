import { defineConfig } from 'prisma/config';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Only the authoring of migrations opens a database; generating the client needs none.
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://localhost/paddock' },
});
