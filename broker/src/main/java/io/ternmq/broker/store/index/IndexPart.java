package io.ternmq.broker.store.index;

import java.io.IOException;

/** One index file as queries see it. Any thread. */
interface IndexPart {

    /** What it holds now. */
    IndexHeader header();

    /** Hands what it has under a key's hash to a search, newest first. Nothing if the file was removed. */
    void search(KeySearch search) throws IOException;
}
