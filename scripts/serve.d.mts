import type { Server } from 'node:http';

export const APP_POLICY: string;
export function createAppServer(dist: string): Server;
export function listen(server: Server, port: number, strict?: boolean): Promise<number>;
