import type { DoctorCheck } from '../check.js';
import { clockCheck } from './clock.check.js';
import { connectionBudgetCheck } from './connection-budget.check.js';
import { connectionsCheck } from './connections.check.js';
import { driverVariablesCheck } from './driver-variables.check.js';
import { encodingCheck } from './encoding.check.js';
import { extensionsCheck } from './extensions.check.js';
import { loginRulesCheck } from './login-rules.check.js';
import { migrationsCheck } from './migrations.check.js';
import { oneDatabaseCheck } from './one-database.check.js';
import { openDoorsCheck } from './open-doors.check.js';
import { ownerCheck } from './owner.check.js';
import { poolerCheck } from './pooler.check.js';
import { rolesCheck } from './roles.check.js';
import { roundTripCheck } from './round-trip.check.js';
import { separateLoginsCheck } from './separate-logins.check.js';
import { serverSettingsCheck } from './server-settings.check.js';
import { serverVersionCheck } from './server-version.check.js';
import { settingsCheck } from './settings.check.js';
import { standbyCheck } from './standby.check.js';
import { tlsCheck } from './tls.check.js';
import { toolLoginsCheck } from './tool-logins.check.js';

/** Every check, in the order in which they are told. */
export const DOCTOR_CHECKS: readonly DoctorCheck[] = [
  // How it is reached.
  settingsCheck,
  driverVariablesCheck,
  connectionsCheck,
  tlsCheck,
  poolerCheck,
  roundTripCheck,
  oneDatabaseCheck,
  standbyCheck,
  // Who gets in.
  separateLoginsCheck,
  loginRulesCheck,
  ownerCheck,
  toolLoginsCheck,
  rolesCheck,
  openDoorsCheck,
  // What is there.
  serverVersionCheck,
  serverSettingsCheck,
  connectionBudgetCheck,
  clockCheck,
  encodingCheck,
  extensionsCheck,
  migrationsCheck,
];
