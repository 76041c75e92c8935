import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { GitCredentialsService } from '#agents';
import { RequirePermission } from '../auth/require-permission.decorator.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { IdParameter } from '../http/paging.dto.js';
import { GitCredentialResponse, PutGitCredentialRequest } from './git-credentials.dto.js';

const UNAUTHENTICATED = 'no valid access token';
const FORBIDDEN = 'the caller may not manage credentials in the organization';
const BAD_ID = 'the id is no UUID';
const NO_CREDENTIAL = 'AGENT_REPOSITORY_NOT_FOUND: there is no such repository in this organization; GIT_CREDENTIAL_NOT_FOUND: it has no credential';

/** The tokens that open private repositories. They are written and never read back. */
@ApiTags('Git credentials')
@ApiBearerAuth()
@RequirePermission('git_credential:manage')
@Controller('agent-repositories/:id/credential')
export class GitCredentialsController {
  constructor(private readonly credentials: GitCredentialsService) {}

  @Put()
  @ApiOperation({
    summary: 'Store the token of a repository',
    description:
      'It takes the place of the one before and is sent to the present address of the repository only, when the server there asks for it: after a change of the address, store it again.',
  })
  @ApiOkResponse({ type: GitCredentialResponse })
  @ApiProblems({
    400: 'a field is missing, unknown or not valid',
    401: UNAUTHENTICATED,
    403: FORBIDDEN,
    404: 'AGENT_REPOSITORY_NOT_FOUND: there is no such repository in this organization',
    422: 'GIT_CREDENTIAL_REFUSED: token or user name cannot be sent, or nobody asks for them at this address',
  })
  async put(@Param() { id }: IdParameter, @Body() { expiresAt, ...body }: PutGitCredentialRequest): Promise<GitCredentialResponse> {
    return await this.credentials.put(id, { ...body, expiresAt: typeof expiresAt === 'string' ? new Date(expiresAt) : null });
  }

  @Get()
  @ApiOperation({ summary: 'What is known of the token of a repository', description: 'Never the token itself.' })
  @ApiOkResponse({ type: GitCredentialResponse })
  @ApiProblems({ 400: BAD_ID, 401: UNAUTHENTICATED, 403: FORBIDDEN, 404: NO_CREDENTIAL })
  async get(@Param() { id }: IdParameter): Promise<GitCredentialResponse> {
    return await this.credentials.get(id);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove the token of a repository' })
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ApiProblems({ 400: BAD_ID, 401: UNAUTHENTICATED, 403: FORBIDDEN, 404: NO_CREDENTIAL })
  async delete(@Param() { id }: IdParameter): Promise<void> {
    await this.credentials.delete(id);
  }
}
