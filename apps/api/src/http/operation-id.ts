/** Operations whose name does not follow from handler and controller. */
const NAMES: Readonly<Record<string, string>> = {
  AuthController_login: 'login',
  AuthController_refresh: 'refreshSession',
  AuthController_logout: 'logout',
  AuthController_switch: 'switchOrganization',
  RegistrationController_register: 'register',
  RegistrationController_verify: 'verifyRegistration',
  RegistrationController_registerInvited: 'registerInvited',
  RecoveryController_requestReset: 'requestPasswordReset',
  RecoveryController_reset: 'resetPassword',
  RecoveryController_confirmAddress: 'confirmAddress',
  MyAccountController_rename: 'renameMe',
  MyAccountController_changePassword: 'changeMyPassword',
  MyAccountController_changeAddress: 'changeMyAddress',
  MeController_me: 'getMe',
  MembersController_leave: 'leaveOrganization',
  SessionsController_revokeOthers: 'revokeOtherSessions',
  AuditLogController_list: 'listAuditLog',
  RunsController_steps: 'listRunSteps',
  RunsController_left: 'listRunData',
  RunEventsController_follow: 'followRun',
  TasksController_runs: 'listTaskRuns',
  UsageController_period: 'getUsage',
  UsageController_current: 'getCurrentUsage',
  HealthController_health: 'getHealth',
  HealthController_live: 'getLiveness',
  HealthController_ready: 'getReadiness',
};

/**
 * The name of an operation in the document, and so in clients: stable, unique and readable. `RunsController.list` is `listRuns`,
 * `RunsController.get` is `getRun`, `AdminUsersController.delete` is `adminDeleteUser`; a test holds all of them.
 */
export function operationId(controller: string, method: string): string {
  const known = NAMES[`${controller.replace(/^Service/, '')}_${method}`];
  if (known !== undefined) return known;
  const [, admin, things = ''] = /^(Admin)?(.*)Controller$/.exec(controller) ?? [];
  // `list` is about all of them, and so is what names itself after what it lists, as `listOpen`.
  const name = method.startsWith('list') ? `${method}${things}` : `${method}${singular(things)}`;
  return admin === undefined ? name : `admin${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function singular(things: string): string {
  if (things.endsWith('ies')) return `${things.slice(0, -3)}y`;
  return things.replace(/(?<!s)s$/, '');
}
