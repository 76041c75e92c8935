import { MigrationExecutor, type DataSource, type Migration, type QueryRunner } from 'typeorm';

/** What stays TypeORM's: the form of the journal, and which classes are migrations by which name. */
export class TypeormJournal extends MigrationExecutor {
  /** Makes the journal where it is missing, as TypeORM's own command line would. */
  static async ensure(source: DataSource, runner: QueryRunner): Promise<void> {
    await new TypeormJournal(source, runner).createMigrationsTableIfNotExist(runner);
  }

  /** The migrations of the source, oldest first. @throws TypeORMError where a name carries no timestamp, or two have the same name */
  static migrationsOf(source: DataSource): Migration[] {
    return new TypeormJournal(source).getMigrations();
  }
}
