/**
 * A look into a page that the driver has given up: Playwright takes the loss of an iframe's process for that of its page.
 * The browser itself still reaches it.
 */
import type { Browser, Page } from '@playwright/test';

/** Call before the process is lost. The function evaluates an expression in the page and gives its text. */
export async function lookFromOutside(browser: Browser, page: Page): Promise<(expression: string) => Promise<string>> {
  const own = await page.context().newCDPSession(page);
  const { targetInfo } = await own.send('Target.getTargetInfo');
  const session = await browser.newBrowserCDPSession();
  const { sessionId } = await session.send('Target.attachToTarget', { targetId: targetInfo.targetId, flatten: false });
  const waiting = new Map<number, (text: string) => void>();
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const answer = JSON.parse(message) as { readonly id?: number; readonly result?: { readonly result?: { readonly value?: unknown } } };
    if (answer.id !== undefined) {
      waiting.get(answer.id)?.(String(answer.result?.result?.value ?? ''));
      waiting.delete(answer.id);
    }
  });
  let last = 0;
  return async (expression) => {
    last += 1;
    const id = last;
    const answered = new Promise<string>((resolve) => waiting.set(id, resolve));
    const message = JSON.stringify({ id, method: 'Runtime.evaluate', params: { expression, returnByValue: true } });
    await session.send('Target.sendMessageToTarget', { sessionId, message });
    return answered;
  };
}
