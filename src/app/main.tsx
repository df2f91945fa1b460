import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './global.css';
import { App } from './App.tsx';
import { startRoutes } from './routes.ts';
import { startScenarioCheck } from './scenarios/start-scenario-check.ts';
import { startSession } from './session.ts';
import { startTheme } from './theme.ts';
import { startWorker } from './wiring.ts';
import { startKeys } from './actions/key-dispatch.ts';

startTheme();
startWorker();
startRoutes();
startScenarioCheck();
startSession();
startKeys();

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
