/** As the CHECK of `migration_run` has them. STARTED without an end is what a killed process left of a migration of several transactions. */
export type MigrationState = 'STARTED' | 'COMPLETED' | 'REVERTED';
