/** Starts the console: providers around the pages, and nothing else. */
import './withoutEval.js';
import '@mantine/core/styles.css';
import './styles.css';
import { MantineProvider } from '@mantine/core';
import { ApiError } from '@paddock/client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { CredentialsProvider } from './api/session.js';
import { App } from './app/App.js';
import { theme } from './theme.js';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2000,
      // An answer is an answer; only its absence, or a fault of the server's, is worth another try.
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status < 500),
    },
  },
});

const root = document.getElementById('root');
if (root === null) throw new Error('There is no #root in index.html.');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <BrowserRouter>
          <CredentialsProvider>
            <App />
          </CredentialsProvider>
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
