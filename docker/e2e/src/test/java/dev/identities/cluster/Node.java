package dev.identities.cluster;

/** One of the two nodes. */
enum Node {
    ONE,
    TWO;

    /** One and the other in turn. */
    static Node inTurn(int number) {
        return number % 2 == 0 ? ONE : TWO;
    }

    Node other() {
        return this == ONE ? TWO : ONE;
    }
}
