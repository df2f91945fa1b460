import { edge, inspector, item, select } from '../support/e2e/drawing.ts';
import { openExample } from '../support/e2e/opening.ts';
import { expect, test } from '../support/e2e/studio-test.ts';

const ITEMS = [
  'Kafka ingress fraud/transactions',
  'Router transactions of fraud/transactions',
  'Kafka ingress fraud/confirmations',
  'Router fraud-confirmations of fraud/confirmations',
  'Endpoint fraud/*',
  'Function fraud/transaction-manager',
  'Function fraud/fraud-count',
  'Function fraud/merchant-scorer',
  'Function fraud/model',
  'Outside service merchant-api',
  'Kafka egress fraud/alerts',
];
const FUNCTIONS = ['transaction-manager', 'fraud-count', 'merchant-scorer', 'model'];
/** As module.yaml routes. */
const ROUTED = [
  ['ingress:fraud/transactions', 'router:fraud/transactions#transactions'],
  ['router:fraud/transactions#transactions', 'function:fraud/transaction-manager'],
  ['ingress:fraud/confirmations', 'router:fraud/confirmations#fraud-confirmations'],
  ['router:fraud/confirmations#fraud-confirmations', 'function:fraud/fraud-count'],
] as const;
/** As the code may send. */
const MAY_SEND = [
  ['function:fraud/transaction-manager', 'function:fraud/fraud-count'],
  ['function:fraud/transaction-manager', 'function:fraud/merchant-scorer'],
  ['function:fraud/transaction-manager', 'function:fraud/model'],
  ['function:fraud/transaction-manager', 'egress:fraud/alerts'],
] as const;

test('fraud detection opens with all its items, the functions inside the frame of their endpoint', async ({ page }) => {
  await openExample(page, 'fraud-detection');
  for (const name of ITEMS) {
    await expect(item(page, name)).toBeVisible();
  }
  const frame = await item(page, 'Endpoint fraud/*').boundingBox();
  for (const name of FUNCTIONS) {
    const box = await item(page, `Function fraud/${name}`).boundingBox();
    expect(box !== null && frame !== null && box.x > frame.x && box.y > frame.y, name).toBe(true);
    expect(box !== null && frame !== null && box.x + box.width < frame.x + frame.width && box.y + box.height < frame.y + frame.height).toBe(
      true,
    );
  }
});

test('routed, may-send and delayed edges are there before any run, and drawn apart', async ({ page }) => {
  await openExample(page, 'fraud-detection');
  const looks = async (from: string, to: string): Promise<string> => {
    await expect(edge(page, from, to)).toBeAttached();
    return edge(page, from, to)
      .locator('path')
      .first()
      .evaluate((path) => {
        const { strokeDasharray, stroke } = getComputedStyle(path);
        return `${strokeDasharray} ${stroke}`;
      });
  };
  const routed = await Promise.all(ROUTED.map(([from, to]) => looks(from, to)));
  const maySend = await Promise.all(MAY_SEND.map(([from, to]) => looks(from, to)));
  const delayed = await looks('function:fraud/fraud-count', 'function:fraud/fraud-count~delayed');
  expect(new Set(routed).size).toBe(1);
  expect(new Set(maySend).size).toBe(1);
  expect(new Set([routed[0], maySend[0], delayed]).size).toBe(3);
  // Who answers whom is found in the code as well, although the code names only `context.caller`.
  await expect(edge(page, 'function:fraud/model', 'function:fraud/transaction-manager')).toBeAttached();
});

test('a function tells its code, its state and what it may send to', async ({ page }) => {
  await openExample(page, 'fraud-detection');
  await select(page, 'Function fraud/fraud-count');
  await expect(inspector(page).getByRole('region', { name: 'State' })).toContainText('fraud_count');
  await expect(inspector(page).getByRole('region', { name: 'May send to' })).toContainText('after 30 d');
  await inspector(page).getByRole('button', { name: 'functions/fraud-count.ts' }).click();
  await expect(page.getByRole('region', { name: 'Code' })).toContainText('FraudCounter');
});
