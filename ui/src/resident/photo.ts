/** The longer side of a photo that is sent: enough to read a medicine box. */
const sideMax = 1280;
/** What the server takes, less what base64 adds. */
const bytesMax = 150_000;

/** A photo as a small JPEG; drawing it anew leaves out where it was taken. */
export async function shrunk(file: Blob): Promise<Blob> {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = reject;
    });
    let scale = Math.min(1, sideMax / Math.max(image.naturalWidth, image.naturalHeight));
    for (let quality = 0.75; ; quality -= 0.15, scale *= 0.8) {
      const canvas = document.createElement('canvas');
      canvas.width = Math.round(image.naturalWidth * scale);
      canvas.height = Math.round(image.naturalHeight * scale);
      canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise<Blob>((resolve) => canvas.toBlob((b) => resolve(b!), 'image/jpeg', quality));
      if (blob.size <= bytesMax || quality < 0.35) return blob;
    }
  } finally {
    URL.revokeObjectURL(url);
  }
}

export const base64 = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
