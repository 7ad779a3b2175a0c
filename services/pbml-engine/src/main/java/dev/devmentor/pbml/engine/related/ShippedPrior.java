package dev.devmentor.pbml.engine.related;

/** Weights that {@link Prior#fit} found in eight public histories; {@code scripts/bench cochange DIR --fit} prints them. */
final class ShippedPrior {

    static final String TEXT =
            "/1gA/f+kADn/xf8RATgAeQAeAZUAvAAWAKn/sgBUAA//IABIAaH/5//n/88AfADkAG//7//lAIAAk//IABIBigBDABP/9gAhAMoA"
                    + "eP91/3n/3v+Z/5f/vgF/AKMApP/d/4AAywB6/ln/jwBpABkALzr0AudG9ELCQEtH2jnsR3a9BCMRFCxF8P9xAZ8Bfv6C/n/9sQBv"
                    + "AFP/NP+g/dD/LAE6/0T/4ABUAFv/aABc/8j+4/4y/9IANf9N/ib++QAfAdcA7QNgAsv/aQDr/3QBAwIv////Zvx8As8C9wCd/jH/"
                    + "p/5N/Hj/cP6/AQQDzP1E/hABZwBAAI//tvkF/3cAhwFz/4L9+P99/7j+DP5VAfIAXwBMAID/+wBv/5cAbv+mALP/Af+AAIv/xv+z"
                    + "/tEAyv7a/9oAtf69/+T/8QBbAKj+3wCYAJf/5QDCAFT+xv7IAFr/6/7W/6L/Yv7y/8z/rADTAEz/Uv8pAAP+/QDL/v3/Mv/j/sX/"
                    + "L/8tAJX/Qf9P/yz/Nv+v/1//D//6AJf+yADQAKz/c//J/zv/pwDA/2r+Ff8L/8/+pwA2/d0DBv/RAhr/iQB/Ah//LwA8AHgAWgHu"
                    + "//gBsADDAO0BUgGzAYkA7/4XAYwBq/+c/wf/wQH3+3sB5wMt/+j8f/yTAnr/7wBk/878mAA5AygA4gC7/g/9df0H/h79w//YBFj/"
                    + "g/6e/+4AWQCw/Y4ArwH8AsP/oP7OAMQABv8IAAL/jwIDAGf/nQGnADMAI//i/0EAUv7bABH/cgHRAHwATwB5AAYAtgE8/wIAev9j"
                    + "/8T/JgBeAKoAKAB1/3UBGAAyAIwAff+P/5gADgCI/yMBUgCEAMUBF/9OAFQAaf3KAGQBEP9f/1oSEQHoMH0grSvqLsgZ/C381k4T"
                    + "XwJ4Q9gBSP86AloAqwAh/8r91QBMAf39KP1h/vn/LwDoAIsAmgBM/f382/8b/4gAQACY/5D/If7p/+H66v38/m77dPrM/oz9Tvxj"
                    + "A9b+0/1Y/Tv/0AF8AV77Qv3L/FUAhf2J/tD+0AIiAakAQP+0/psBTwARAOH9L/7PBBn9nAFw/8QDIf7u/iT/gv69/+z/8QBF/40A"
                    + "p//5/2X+3/8jAC3/0AC/AIcAMwBM/wL/rv9//yj+5QBN/0n+5//I/7wAsQCO/8IAsP7CAG//Y/+s//8ABwCWACAAXf9v/r8AUf+S"
                    + "AF8AWP7JAKgACf+I/yD/nAB6/7n++QBZ/5n/Kv/W/1n/af+rAEIARP+L/1gARP8S/84AZgHL/1QArwBkAKkChv5UARP/O/wP/JoA"
                    + "vv/hAXsBEv+UAdMBagG3/kcBAf8K/o8AhP0/Aen+Z/7j9/IBq/6L/Hf/F/7T/uwANgAc/wEAWf+L/lUA0P4Q/kn9k/98/c8A3AFB"
                    + "/vT/ZwH1/nX5lPkI/zkBy/4J/pv9iwH8Ajn+UgOdACUBqf+z/o3/pv/vALAAv/+NAR8AzACI/24AKf5oANgANgGTAHH/mAAj/3b+"
                    + "0gBQAKcAjwCeAEn+v/4B/rsBGABY/fr/FP26/VT/bP26AQ7+Zf59/S78LwOg/6H/NADc/hQA3QAlADgBR/9p/WMABf5l/2D/JgUQ"
                    + "AVD/t/6jAQL+bACpALQBJv7xAN/+af2f/2IBSP/oAkAAZv9aAJ4BtAApA8IBkgC3ALL/3QB1ACf9+f9Z+yn+Y/r9APgCKgD7ASb8"
                    + "3/z7ALAAuf8TAXABb//VAREBnf1YAZ7/Lv+eAn0Baf+QArUBYQA9/4cAYgFJ/+EBKwMLALX/pf97AQX8K/1KAE8BXgGC/ikB4P1M"
                    + "/PD8OwAI/gAEkv66/mYBAv77AHoA4P4AAj0C/vuz/Aj+/gBE/q//2P/OAPD/ev8o/FH6bv7U/pAARP/vAGv8Iv0j+2H8Fv6D/WwA"
                    + "TQBuAFX/yAC6AE0ABP0J/yL/qfhj/Cn9cQBW/nQBO//x/Cv+eAJi/0n+Fv1HAEr8nv65/1gBpgASAc3/OABIAMUAefyU/Nn/3wC2"
                    + "/y0ABP59/6gBcQAF/5MBX/+9/5IAaf6f/zYAs/7CAMwAqQCY/xsAaACh/8cAVwA/AKIAQAAQ/2X/oAIpAOT/kf9rAQAAuwFb/7gA"
                    + "Mf/G/2//4gBsAeT/i//sAAX/5AEaAA4A3/8w/6EAFwAwBaj/YQ4JDGII/Q2iDUUPlO3HAXYBwA8F/wT/Wv/b/1X/NP8CAIkBFACG"
                    + "/N0AJ/9p/0H/w/+//3H/NgD7/hL/Tf6bAH4BKwEG/9D/xP/1AAb79f3KAPb+3vwX/Qj72gVb/ij9j//O/ioBrv6H/Ur/B/tmAIX/"
                    + "Gv9gABz/S//iAZP/EQAJAMH84PyY/Uj/NAKl/8MBs//7AGz/Sv+H/lP/2/5u/67/zv+H/zz/VwC9AO3/pwFzATMAFf/Z/+wAT//U"
                    + "/7gAsgFx/q7+iP9DAAwAvQElAAcAUwAQAKD/Ff/YAGEA1QAm/6oATwFRAFkAq/8dAHMACwBnAOsCkACf/9UASAAMAHgAKP91/+4A"
                    + "ewB5/qIBPf9vA9YDPAM9A/4CJgTJ+v4A+f+yBnEAJ/2uAS7/VwGcAQP72P/nAh7+MvtwAAYAfQBX/47+zAE//kL/t/6x/zL+Q/0F"
                    + "/jz/e//gAHAAS/klAn//1P4E/+H83P5CAgQAoAHV/9v/Mf82ATr9IwDH+l3/W/8j/7oA0/2k/n0CvgCH/WUA+//E/Un/dQEP/owA"
                    + "jQMuAFkBEgHnAGQAxv4c/w3/kv7TAIIAcP8uAJkAG/80AEYBwQA6AGsAHQALAZ7/aACgARz+Y/4ZAHMAJQCf/6IAsv8kALQAa/3a"
                    + "/Zj/Mv9l/zz/MgDaAAj/9f/SAVH/KP8l/yoAlgEnAjwBi/88/iAA6v7i/9EARgDX/+z/+P73ArwE6/3ECMEBWwLoAboBef9KAWgP"
                    + "9ABP/yz/6P9VANT/cAAe/lH/gf8h/5f/Yf8m/8L/ygBF/vH/g/84/8oAtf65/tP+h/6b/7b/Jv+AAE7/Vf/V/0X/wP/f/6n/aP7S"
                    + "/7L/Ev+c/0AAXAAzAO3/xv+T/1T+bP85AAX+5wBdAHYAwAClAFb/GQBg/tL+qv+W/9z/H/7AADT/fv+L/8n/7v+/AEEsRABK/7MB"
                    + "OgAd/3MAQwyi/1EDxAEIAfH/dAOW/7j8RgqI+z3/3PxWAeIC2fwhA0X7qABC/D0CVgCl+7MKIv8pAmACKALwBRMC8wOb/br8yQj/";

    private ShippedPrior() {}
}
