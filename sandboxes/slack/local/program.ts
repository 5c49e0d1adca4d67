import { createRequire } from 'node:module';

/**
 * The program local-slack of this platform; npm installs it as an optional dependency.
 * @throws Error in words when there is none for this platform
 */
export function localSlackProgram(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `local-slack-${platform}-${process.arch}`;
  const file = platform === 'windows' ? 'local-slack.exe' : 'local-slack';
  try {
    return createRequire(import.meta.url).resolve(`${name}/bin/${file}`);
  } catch (error) {
    throw new Error(
      `The package ${name} is not installed. Run "npm ci" without --omit=optional, or set SLACK_BOT_TOKEN and SLACK_APP_TOKEN to use a real workspace.`,
      { cause: error },
    );
  }
}
