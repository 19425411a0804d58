import { Gauge, type Registry } from './prometheus.ts';

/** The side of the gateway that a certificate is for. */
export type CertificateUse = 'callers' | 'cloud' | 'identity' | 'admin' | `region ${string}`;

/** The files that are read again while the gateway runs. */
export type ReloadedFiles = CertificateUse | 'adminToken' | 'configuration' | 'retirement';

/** The state of what a process reads from files. */
export interface FileGauges {
  /** Show when a certificate expires. @param expiresAt in seconds since 1970; undefined if there is none any more */
  readonly setCertificate: (certificate: CertificateUse, expiresAt: number | undefined) => void;
  /** Show that files have been read again, or could not be used. */
  readonly setReload: (files: ReloadedFiles, isGood: boolean) => void;
}

/** Create the gauges of what is read from files. With several processes, the oldest value counts. */
export function createFileGauges(registry: Registry): FileGauges {
  const gauge = (name: string, help: string, labelNames: readonly string[] = []): Gauge =>
    new Gauge({ name, help, labelNames: [...labelNames], registers: [registry], aggregator: 'min' });
  const expiry = gauge(
    'gateway_certificate_expiry_timestamp_seconds',
    'Unix time at which the certificate in use expires: that of the port for callers ("callers"), of the admin port ("admin"), or the client certificate for the cloud ("cloud"), for its identity service ("identity"), or for the cloud of a further region ("region NAME").',
    ['certificate'],
  );
  const success = gauge(
    'gateway_last_reload_successful',
    '1 if the files could be used when they were last read, else 0: then the former ones stay in use.',
  );
  const time = gauge(
    'gateway_last_reload_timestamp_seconds',
    'Unix time at which the files were last read successfully.',
  );
  // Good files of one side must not hide that those of another are still unusable.
  const failed = new Set<ReloadedFiles>();
  const setReload = (files: ReloadedFiles, isGood: boolean): void => {
    if (isGood) failed.delete(files);
    else failed.add(files);
    success.set(failed.size === 0 ? 1 : 0);
    if (isGood) time.setToCurrentTime();
  };
  setReload('callers', true);
  const setCertificate: FileGauges['setCertificate'] = (certificate, expiresAt) => {
    if (expiresAt === undefined) expiry.remove({ certificate });
    else expiry.set({ certificate }, expiresAt);
  };
  return { setReload, setCertificate };
}
