/** Where MCP clients connect. */
export const MCP_PATH = 'mcp';
