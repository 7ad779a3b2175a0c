package dev.devmentor.bench.cochange;

/** How far up the first relevant file stands, over many queries. */
final class Hits {

    private long queries;
    private long first;
    private long third;
    private long tenth;
    private double reciprocals;
    private double reciprocalsOfTen;

    /** @param rank of the first relevant file, from 1; 0 if none was offered */
    void add(int rank) {
        queries++;
        if (rank > 0) {
            first += rank == 1 ? 1 : 0;
            third += rank <= 3 ? 1 : 0;
            tenth += rank <= 10 ? 1 : 0;
            reciprocals += 1.0 / rank;
            reciprocalsOfTen += rank <= 10 ? 1.0 / rank : 0;
        }
    }

    void add(Hits others) {
        queries += others.queries;
        first += others.first;
        third += others.third;
        tenth += others.tenth;
        reciprocals += others.reciprocals;
        reciprocalsOfTen += others.reciprocalsOfTen;
    }

    long queries() {
        return queries;
    }

    /** Shares and means are 0 without queries. */
    double hit1() {
        return queries == 0 ? 0 : (double) first / queries;
    }

    double hit3() {
        return queries == 0 ? 0 : (double) third / queries;
    }

    double hit10() {
        return queries == 0 ? 0 : (double) tenth / queries;
    }

    double mrr() {
        return queries == 0 ? 0 : reciprocals / queries;
    }

    /** As if lists ended after ten files. */
    double mrrOfTen() {
        return queries == 0 ? 0 : reciprocalsOfTen / queries;
    }
}
