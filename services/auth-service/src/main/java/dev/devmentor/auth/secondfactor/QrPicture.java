package dev.devmentor.auth.secondfactor;

import io.nayuki.qrcodegen.QrCode;

/** A QR code as SVG: what a page shows without asking anybody for a picture. */
final class QrPicture {
    /** ISO/IEC 18004: light modules around it. */
    private static final int QUIET = 4;

    private QrPicture() {}

    static String svg(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        int size = code.size + 2 * QUIET;
        StringBuilder dark = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            int x = 0;
            while (x < code.size) {
                int end = x;
                while (code.getModule(end, y)) { // false outside
                    end++;
                }
                if (end > x) {
                    dark.append('M').append(x + QUIET).append(' ').append(y + QUIET);
                    dark.append('h')
                            .append(end - x)
                            .append("v1H")
                            .append(x + QUIET)
                            .append('z');
                }
                x = end + 1;
            }
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + " " + size
                + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + size + "v" + size
                + "H0z\"/><path d=\"" + dark + "\"/></svg>";
    }
}
