export { joinEmbeddedServer, type EmbeddedServer, type EmbeddedUrls, type JoinOptions } from './join.js';
export { type Durability } from './state.js';
export { type DevelopmentUser, type EmbeddedSecrets } from './secrets.js';
export {
  DiskFullError,
  DurabilityDiffersError,
  EmbeddedServerError,
  EmbeddedServerInUseError,
  EmbeddedStartError,
  FolderUnreachableError,
  HomeNotWritableError,
  MixedServersError,
  OtherMajorVersionError,
  PostgresProgramsMissingError,
  SecretsUnusableError,
} from './errors.js';
export { prepareEnvironment, type Meanwhile, type PreparedEnvironment, type PrepareOptions } from './prepare-environment.js';
export { embeddedHome, repositoryRoot, type EmbeddedHome } from './home.js';
export { deleteData, serverStatus, stopServer, type ServerStatus } from './control.js';
