/** Where everything of ours lives. */
export const SCHEMA = 'app';
/** TypeORM's list of the migrations that ran, in the schema above. */
export const MIGRATION_TABLE = 'migration';
