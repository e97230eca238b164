-- The catalogue is everybody's, but "everybody" is a tenant: without the setting paddock.organization, no row is seen.
ALTER POLICY catalogue ON plugins USING (
  paddock_organization() IS NOT NULL
  AND EXISTS (SELECT 1 FROM versions v WHERE v.plugin_id = plugins.id AND v.state IN ('published', 'yanked', 'revoked'))
);
ALTER POLICY catalogue ON versions USING (
  paddock_organization() IS NOT NULL AND state IN ('published', 'yanked', 'revoked')
);
ALTER POLICY catalogue ON verifications USING (
  paddock_organization() IS NOT NULL
  AND EXISTS (SELECT 1 FROM versions v WHERE v.id = version_id AND v.state IN ('published', 'yanked', 'revoked'))
);
