package dev.devmentor.pbml.engine.related;

/** Weights that {@link Prior#fit} found in eight public histories; {@code scripts/bench cochange DIR --fit} prints them. */
final class ShippedPrior {

    static final String TEXT =
            "/5IA8v+cAHn/uP8bAIUAMQA4AUIAhgAzAJn/6ABjAEX/MQB6AMX/yv+j/8MAWACPACwALP/SAKgA1v/f/8cBSwBD/+YAXv9xAJ0A"
                    + "M/9W/6UADv+o/5IAmf++AF4AVP9p/+8AbABK/3D/sf/fAEUAQUK0NNRRmVAiSe1UkURnU1qxlycsGnVRxf8EAGMAjP5K/zf9Gf/z"
                    + "/vb/if+XAJP/tgG//1n/Gv+jADn/kwIQ/tz/0/2q/vb/bv86AEkAEgDyA2b/9gJvAdD/gv/E/yb+dQBB/8P/EPzYAT8B2wCG/8X/"
                    + "u/95APX+z/7Z/8wC//3KAPsAVAAr/jUDTgcp/vT/fwDe/qf/7//N/wf87/7+AmQAZABRAIQAAQBv/6EAdP+xALX/DP+SAIv/zf+5"
                    + "/t8Azv7l/+QAuP7N/+z/9gBeAKr+5wCaAJn/8QDCAF7+2P7aAFj/7v7V/67/aP7//8P/xQDZAE3/Wv8vAAf/CADM/wP/P//r/tb/"
                    + "O/84AJn/Of9L/zT/O/+2/2f/Fv//AKD+1wC+AKb/dP/W/tP/IQFL/u/91f31/fD+hP72/jMCVgCDAwD/lQEaAnH+lP9uANwAHAER"
                    + "/rQAmQE3AGgBGQEXAYb/2v6iAHgA3v4t/jX/NQGe+2oC6QN8AB78ZPuVAmcBpgFo/2L8QwCOAr8AuwGQ/rP9of0s/Q/96gCbAhX/"
                    + "Gv/YAGgArf/B/eADqAIABCP/cv8QAOD/9P9t/+3/egFIAB7/yAF6/+QAPf/V/3oAcf8p//D/2QDoAGUABwBV/9kAXwDh/1kAb/+2"
                    + "ACf/aP/6AIIAKAAi/+sAUQAHAEMAOf+w/98AAgBEAAv/hQBQAGQAXf/G/+4AJf79AFUAXP/K/61BjjL7YKFWzlNyYQtJRV7JpNom"
                    + "EhSyYukAwf6OARkAUf99AF79xf75AUL/HP5zABUAkAGG/+b/ygBx/1oAx//BAiEAwgD//x3/QQIpAVT7nv1tAJn6a/jr/YD+4v4v"
                    + "AbMAvf9e/YwBW/u/Afb8gf1R/LQAx/zm//X/RABbALYAvf6d+7T33wBtAawA0v6hAQ3/rwFdAAYDfP/i/nn+d/6n/+f/7wA0/4UA"
                    + "rf/6/2r+4v8pACb/0ACVAGoAIwA5/vr/tv+Q/y3+9wBN/0r+6/+//7wArwCM/8sAcP7DAHX/bv+d/+T//wB0AB0AQf8v/tcAR//E"
                    + "AHcAcf7PAL8AEP93/xH/hgBp/7b+/gBg/5L/Wf/s/x7/T/+fACkANv98/0cASf8//+sASQE4/xEAwP91AR0Bhf3tAQr/A/0N++0A"
                    + "2gBUAN4BCf+MAiT/4f5v/X7/Kv6r/qwAtf22AAf+Hfq+98n9eP2g+6L+mf7y/pT/+v/p/xkAkwAA/sABzP6F+Y7/1gAs/3wBNQED"
                    + "AEX/1wLV/1P84f8+//4A6QEV/4j/twE8AkT+awMeACsCGv+y/Yv/SAAf/tIAvf8JAB0BPf8l/tAAFAGMAPD/sQGe/0IACQCa/9f+"
                    + "t/18/asAXAAA/0D+L//x/IMCU//m+MoAIv9a/dj+rPzbArYAbf7cAjUAx/utBFIBDgNC/MX+/f9L/yX/HwKD/rUBoP4iAXH/5QUR"
                    + "ARcB1wBC/6//tQCSAdoAIAgtAsoBVvb4/6YBMf/0Aj0AB/86ADEBvwAjA6EBIAEYAMkADQEUARD/Kv56+jj+1fs4AL8BwwCiALX8"
                    + "vvzwAMcApgCJAeUCL/+mAY4BFf70Am7+0v5FAn4ENv+JAjcBRgDA/ln+PwFuAHEB1wKkAQj+tv7jASf/gvwo/XcEgwC0/04CqP1F"
                    + "/WD8nAGe/WgHiP9L/1sBDv9KABoAVP7GAk8CCvt5/Pz+8/8D/pQAdgFKACn92P0g/QH8Xf/f/7MALf/j/r/9rfom/gX92vtR+7r9"
                    + "Ef5q/JMB8wCO/lP+Wf1PAMf/ovw//Iv+vwA2/xQBQP8t/o0AbgJ//2UATACZAGL/JAAR/gYCI/9QAfb+/wAM/8v/ePz4/ZQALACg"
                    + "/zMAPP6c/9UAuP/M/7UA1//P/6UATv7g/zgA0P7dAO//vgB1/tcAYAB8/28AEAB7AH0AdABO/57/bQHEAKr/av+HAC0AjwEO/7sA"
                    + "Wv/s/57/ygEgAFD/ZP+w/38AQwDQ//4BUf9G/2YAPwBsCFkFRw/4DLULQBAMDfERN+vDAlwCKxFA//AAegAe/6P/2/64AAAAvQBn"
                    + "/P//UAAa/ekANv+f/1D+tgCw/MUAuf42ANsBSADA/6X++QDA/nX8MPwmAIP98Pz6+3v6/QYt/cX9I/8t/y8EFP+uAd8AX/5dAIn+"
                    + "3/5I/50AXQAmAZ3/Jv+NAYP8a/7J/+j+VQI7/hEByABsAM/9Tv7DABH/Mf2C/0cAewBK/yP+Tv+BANb/ZgBB/3n/f//9/wwB4AGA"
                    + "/lUAC/8h/1T+3Pzv/r4A1wAp/tH/5ACi/0MBSQCsAhMB8gIQANUAnQO3AEn/tQMAAwMCjQCXAd4CcQFy/XD8g/zVANwCkv71ANQA"
                    + "4ACR/CACIAIL/zf9RQC+AJj+EwKTAGQBMgI1Amv/uP1iAUv/mgJNABL6jwCyAvb94/ke/47/+f/O/9L+/wDK/2z/Dv1y/Pn9dftg"
                    + "/vP/zgATABn/nPgvA6sAxf6+/9T80v8OANIAgwG8AMr97f7uABr/zQDs/on/RP6/ACAAsv0X/W0Cgv+T+8v8dv/l/poB+QAl/+8A"
                    + "rgMYAB4AxgHZAWz+VP1j/0//fP7kAREAW/9vAD4AWv9kAE0BkABtAIUAUwBmAh7/awFWANj+T/56AJoAFADW/4gBp/99AKD+r/6A"
                    + "/Jz+LABj/1X/jQD8/2v////+Aar/+/6r/5gCZAB3ArQB2v46/m8A2P57AMkAngB8AAQAEQGDA8YFqv6ECdQBzQLjAaQDPwDxAycN"
                    + "WwCr/13/4/9NAND/ggAr/pz/p/9W/5n/j/+RAF8ACgBN/sn/Z/89/3MAVP7e/vX+y/7L/7j+zf+DAEz/Wf/2/2n/wf/g/8v/jP75"
                    + "/9D/GP+e/uUBEABSAOf/yP85/sH+l/88ADn/MQBlAGQAWABmACP/JABe/w7+lgAC//z/Nf7a//j/of+4ABz/hv/GABhfCAB5/6UB"
                    + "HgA8AHT/1w6U/swBOwCZAnj/lQJS/7b75iFo+7L/3f11A4UDAvv5A276BwN4+8kDUQC3+3IJ/f9hAssBrQKkBb4DTwPG/Vf8oAkK";

    private ShippedPrior() {}
}
