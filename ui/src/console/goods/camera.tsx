import {
  BarcodeFormat,
  BinaryBitmap,
  DecodeHintType,
  HybridBinarizer,
  MultiFormatOneDReader,
  QRCodeReader,
  RGBLuminanceSource,
} from '@zxing/library';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Modal } from '../parts';
import { t } from '../words';

/** What couriers and shops print; our own labels are QR codes. */
const bars = [BarcodeFormat.CODE_128, BarcodeFormat.CODE_39, BarcodeFormat.EAN_13];
const lookMs = 120;
/** The same code in sight is the same parcel for so long: it is not scanned again while somebody puts it down. */
const sameMs = 3000;
const widthMax = 800;

function makeReader(): (video: HTMLVideoElement) => string {
  const hints = new Map<DecodeHintType, unknown>([
    [DecodeHintType.POSSIBLE_FORMATS, bars],
    [DecodeHintType.TRY_HARDER, true],
  ]);
  const readers = [new QRCodeReader(), new MultiFormatOneDReader(hints)];
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  return (video) => {
    const scale = Math.min(1, widthMax / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const grey = new Uint8ClampedArray(canvas.width * canvas.height);
    // Weights of red, green and blue in brightness, in 256ths.
    for (let i = 0; i < grey.length; i++) grey[i] = (77 * data[4 * i]! + 150 * data[4 * i + 1]! + 29 * data[4 * i + 2]!) >> 8;
    const picture = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(grey, canvas.width, canvas.height)));
    for (const reader of readers) {
      try {
        return reader.decode(picture, hints).getText();
      } catch {
        // Nothing that this one can read; the next picture comes.
      }
    }
    return '';
  };
}

/** Reads codes with the camera until it is closed; nothing of the picture leaves this page or is kept. */
export default function Camera({ onScan, onClose }: { onScan: (text: string) => void; onClose: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef(onScan);
  latest.current = onScan;
  const [failed, setFailed] = useState(false);
  const [said, setSaid] = useState('');
  useEffect(() => {
    let stream: MediaStream | undefined;
    let over = false;
    let timer = 0;
    const begin = async () => {
      // Without TLS a browser gives no camera.
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
      if (over) return stream.getTracks().forEach((track) => track.stop());
      video.current!.srcObject = stream;
      await video.current!.play();
      const read = makeReader();
      let last = { text: '', at: 0 };
      timer = window.setInterval(() => {
        if (!video.current?.videoWidth) return;
        const text = read(video.current).trim();
        if (!text) return;
        const again = text === last.text && Date.now() - last.at < sameMs;
        last = { text, at: Date.now() };
        if (again) return;
        setSaid(text);
        navigator.vibrate?.(60);
        latest.current(text);
      }, lookMs);
    };
    begin().catch(() => setFailed(true));
    return () => {
      over = true;
      clearInterval(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);
  return (
    <Modal title={t('camera')} onClose={onClose}>
      {failed ? <p role="alert">{t('camera_none')}</p> : <video class="camera" ref={video} muted playsInline />}
      <p role="status">{said ? t('camera_read', { code: said.slice(-8) }) : t('camera_lead')}</p>
    </Modal>
  );
}
