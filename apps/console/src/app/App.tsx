import { useQuery } from '@tanstack/react-query';
import { Navigate, Route, Routes } from 'react-router';
import { fetchMe, newClient, SessionProvider, useCredentials, useSession } from '../api/session.js';
import { Audit } from '../pages/audit/Audit.js';
import { Catalogue } from '../pages/catalogue/Catalogue.js';
import { Consent } from '../pages/consent/Consent.js';
import { Executors } from '../pages/executors/Executors.js';
import { Install } from '../pages/install/Install.js';
import { Installs } from '../pages/installs/Installs.js';
import { NotFound } from '../pages/not-found/NotFound.js';
import { Plugin } from '../pages/plugin/Plugin.js';
import { Publish } from '../pages/publish/Publish.js';
import { Reports } from '../pages/reports/Reports.js';
import { Review } from '../pages/review/Review.js';
import { Run } from '../pages/run/Run.js';
import { Runs } from '../pages/runs/Runs.js';
import { SignIn } from '../pages/sign-in/SignIn.js';
import { Version } from '../pages/version/Version.js';
import { Versions } from '../pages/versions/Versions.js';
import { homeOf } from './navigation.js';
import { Resume } from './Resume.js';
import { Shell } from './Shell.js';

/** The sign-in page, or behind it everything else. */
export function App() {
  const { apiKey } = useCredentials();
  return apiKey === null ? <SignIn /> : <SignedIn key={apiKey} apiKey={apiKey} />;
}

function SignedIn({ apiKey }: { apiKey: string }) {
  const me = useQuery({ queryKey: ['me', apiKey], queryFn: () => fetchMe(newClient(apiKey)), staleTime: 60_000 });
  if (me.data === undefined) return <Resume error={me.error} onRetry={() => void me.refetch()} />;
  return (
    <SessionProvider apiKey={apiKey} me={me.data}>
      <Pages />
    </SessionProvider>
  );
}

/** No path has a dot in it: the API takes one that has for a file's. */
const Pages = () => (
  <Routes>
    <Route element={<Shell />}>
      <Route index element={<Home />} />
      <Route path="catalogue" element={<Catalogue />} />
      <Route path="plugins/:publisher/:name" element={<Plugin />} />
      <Route path="plugins/:publisher/:name/install" element={<Consent />} />
      <Route path="installs" element={<Installs />} />
      <Route path="installs/:id" element={<Install />} />
      <Route path="runs" element={<Runs />} />
      <Route path="runs/:id" element={<Run />} />
      <Route path="publish" element={<Publish />} />
      <Route path="versions" element={<Versions />} />
      <Route path="versions/:id" element={<Version />} />
      <Route path="review" element={<Review />} />
      <Route path="reports" element={<Reports />} />
      <Route path="audit" element={<Audit />} />
      <Route path="executors" element={<Executors />} />
      <Route path="*" element={<NotFound />} />
    </Route>
  </Routes>
);

const Home = () => <Navigate to={homeOf(useSession())} replace />;
