package dev.identities.notify;

import static dev.identities.notify.Delivery.Status.CANNOT_TELL;
import static dev.identities.notify.Delivery.Status.CONFIRMED;
import static dev.identities.notify.Delivery.Status.FAILED;
import static dev.identities.notify.Delivery.Status.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.LogLines;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeliveriesTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final LogLines log = new LogLines("dev.identities.revocation");
    /** The first and one after each pause. */
    private static final int ATTEMPTS = 3;

    private final Deliveries deliveries =
            new Deliveries(DeliveryMetrics.NONE, Duration.ofMillis(1), Duration.ofMillis(1));

    /** Released at the end of each test: until then a message that waits for it hangs. */
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        deliveries.close();
        log.close();
    }

    @Test
    @DisplayName("an application that hangs delays the caller only for the patience, and the others confirm")
    void hanging() {
        FakeMessage hanging = FakeMessage.to("hanging", attempt -> await(end));
        FakeMessage quick = FakeMessage.quick("quick");
        // While it hangs, send returns: the latch is only released after.
        assertThat(send(deliveries, List.of(hanging, quick))).isEqualTo(results(hanging, PENDING, quick, CONFIRMED));
        end.countDown();
        deliveries.close();
        assertThat(hanging.attempts()).hasValue(1);
        assertThat(log.lines())
                .anyMatch(line -> line.contains("outcome=CONFIRMED") && line.contains("party=\"hanging\""));
    }

    @Test
    @DisplayName("hanging applications do not delay other messages, even if they are more than the threads")
    void manyHanging() {
        List<Message> messages = IntStream.range(0, 50)
                .<Message>mapToObj(i -> FakeMessage.to("p" + i, attempt -> await(end)))
                .toList();
        assertThat(send(deliveries, messages).values()).hasSize(50).allMatch(delivery -> delivery.status() == PENDING);
    }

    @Test
    @DisplayName("many messages to one that hangs keep no other waiting, nor its namesake in another realm")
    void manyToOneThatHangs() {
        CountDownLatch begun = new CountDownLatch(Deliveries.THREADS_FOR_ONE);
        List<FakeMessage> hanging = hanging(2 * Deliveries.THREADS, begun);
        // Every thread of the realm's half that one party leaves is taken at the same time: so it holds no more than
        // its own.
        int others = Deliveries.THREADS / 2 - Deliveries.THREADS_FOR_ONE;
        CountDownLatch told = new CountDownLatch(others);
        IntPredicate tell = attempt -> {
            told.countDown();
            return await(told);
        };
        List<FakeMessage> all = new ArrayList<>(hanging);
        IntStream.range(1, others)
                .mapToObj(i -> FakeMessage.to("healthy" + i, tell))
                .forEach(all::add);
        all.add(FakeMessage.in("other", "hanging", tell));

        Map<Message, Delivery> results = send(deliveries, all);

        assertThat(await(begun)).isTrue();
        assertThat(await(told)).isTrue();
        assertThat(hanging).allMatch(message -> results.get(message).status() == PENDING);
        assertThat(hanging.stream().filter(message -> message.attempts().get() > 0))
                .hasSize(Deliveries.THREADS_FOR_ONE);
    }

    @Test
    @DisplayName("eight parties of a realm that hang keep neither another realm's message waiting nor another party's")
    void manyThatHangInARealm() {
        List<FakeMessage> all = hangingIn("acme");
        FakeMessage another = FakeMessage.to("healthy", attempt -> true);
        FakeMessage elsewhere = FakeMessage.in("other", "elsewhere", attempt -> true);
        all.add(another);
        all.add(elsewhere);

        Map<Message, Delivery> results = sendAndWait(all, another, elsewhere);

        assertThat(results.get(another).status()).isEqualTo(CONFIRMED);
        assertThat(results.get(elsewhere).status()).isEqualTo(CONFIRMED);
        assertThat(all.subList(0, all.size() - 2))
                .allMatch(message -> results.get(message).status() == PENDING);
    }

    @Test
    @DisplayName("three realms with eight parties each that hang keep a fourth realm's message waiting no longer")
    void manyRealmsThatHang() {
        List<FakeMessage> all = new ArrayList<>();
        List.of("acme", "second", "third").forEach(realm -> all.addAll(hangingIn(realm)));
        FakeMessage elsewhere = FakeMessage.in("fourth", "healthy", attempt -> true);
        all.add(elsewhere);
        assertThat(sendAndWait(all, elsewhere).get(elsewhere).status()).isEqualTo(CONFIRMED);
    }

    /** Ten messages to each of eight parties; none comes to an end before the test does. */
    private List<FakeMessage> hangingIn(String realm) {
        return IntStream.range(0, 80)
                .mapToObj(i -> new FakeMessage(
                        realm, "hanging" + i % 8, realm + i, true, new AtomicInteger(), attempt -> hang()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private boolean hang() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    /** How far each got when these were tried, or when it is clear that they are not. */
    private Map<Message, Delivery> sendAndWait(List<FakeMessage> all, FakeMessage... healthy) {
        Deliveries.DeliveryBatch batch = deliveries.batch();
        Map<Message, Supplier<Delivery>> sent = new LinkedHashMap<>();
        all.forEach(message -> sent.put(message, batch.send(message).orElseThrow()));
        Instant giveUp = Instant.now().plusSeconds(20);
        while (Stream.of(healthy).anyMatch(message -> sent.get(message).get().status() == PENDING)
                && Instant.now().isBefore(giveUp)) {
            batch.await();
        }
        Map<Message, Delivery> results = new LinkedHashMap<>();
        sent.forEach((message, delivery) -> results.put(message, delivery.get()));
        return results;
    }

    /** Messages to one party, none of which comes to an end before the test does. */
    private List<FakeMessage> hanging(int messages, CountDownLatch begun) {
        return IntStream.range(0, messages)
                .mapToObj(i -> new FakeMessage("acme", "hanging", "sid" + i, true, new AtomicInteger(), attempt -> {
                    begun.countDown();
                    return hang();
                }))
                .toList();
    }

    @Test
    @DisplayName("all waiting messages of one party are delivered in the end, each once")
    void longLane() {
        CountDownLatch told = new CountDownLatch(500);
        List<FakeMessage> messages = IntStream.range(0, 500)
                .mapToObj(i -> new FakeMessage("acme", "busy", "sid" + i, true, new AtomicInteger(), attempt -> {
                    told.countDown();
                    return true;
                }))
                .toList();
        send(deliveries, messages);
        assertThat(await(told)).isTrue();
        deliveries.close();
        assertThat(messages).allMatch(message -> message.attempts().get() == 1);
        assertThat(log.lines())
                .filteredOn(line -> line.contains("outcome=CONFIRMED"))
                .hasSize(500);
    }

    @Test
    @DisplayName("messages that wait when the server stops are delivered during its grace period")
    void waitingAtTheStop() {
        CountDownLatch go = new CountDownLatch(1);
        List<FakeMessage> messages = IntStream.range(0, 50)
                .mapToObj(i ->
                        new FakeMessage("acme", "busy", "sid" + i, true, new AtomicInteger(), attempt -> await(go)))
                .toList();
        send(deliveries, messages);
        Thread closing = new Thread(deliveries::close);
        closing.start();
        go.countDown();
        join(closing);
        assertThat(messages).allMatch(message -> message.attempts().get() == 1);
        assertThat(log.lines())
                .filteredOn(line -> line.contains("outcome=CONFIRMED"))
                .hasSize(50);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("one party cannot fill the queue: its further messages are given up and logged, others are told")
    void boundedForOne() {
        CountDownLatch told = new CountDownLatch(1);
        List<FakeMessage> full = hanging(Deliveries.MAX_WAITING_FOR_ONE + 1, new CountDownLatch(0));
        List<FakeMessage> all = new ArrayList<>(full);
        all.add(FakeMessage.to("healthy", attempt -> {
            told.countDown();
            return true;
        }));

        Map<Message, Delivery> results = send(deliveries, all);

        FakeMessage last = full.get(full.size() - 1);
        assertThat(results.get(last).status()).isEqualTo(FAILED);
        assertThat(results.get(full.get(0)).status()).isEqualTo(PENDING);
        assertThat(await(told)).isTrue();
        assertThat(log.lines())
                .anyMatch(line -> line.contains("session=" + last.sid() + " ") && line.contains("too many"));
    }

    @Test
    @DisplayName("one that fails, or throws, is tried as often as documented and not once more")
    void failing() {
        CountDownLatch attempts = new CountDownLatch(2 * ATTEMPTS);
        FakeMessage failing = FakeMessage.to("failing", attempt -> {
            attempts.countDown();
            return false;
        });
        FakeMessage throwing = FakeMessage.to("throwing", attempt -> {
            attempts.countDown();
            throw new IllegalStateException("no answer");
        });
        assertThat(send(deliveries, List.of(failing, throwing)))
                .isEqualTo(results(failing, PENDING, throwing, PENDING));
        assertThat(await(attempts)).isTrue();
        deliveries.close();
        assertThat(failing.attempts()).hasValue(ATTEMPTS);
        assertThat(throwing.attempts()).hasValue(ATTEMPTS);
        assertThat(log.lines())
                .filteredOn(line -> line.contains("outcome=FAILED"))
                .hasSize(2)
                .allMatch(line -> line.startsWith("WARN") && line.contains("(attempt " + ATTEMPTS + ")"));
    }

    @Test
    @DisplayName("one that fails at first is confirmed later, and then left alone")
    void recovering() {
        CountDownLatch confirmed = new CountDownLatch(1);
        FakeMessage recovering = FakeMessage.to("recovering", attempt -> {
            if (attempt < 2) {
                return false;
            }
            confirmed.countDown();
            return true;
        });
        send(deliveries, List.of(recovering));
        assertThat(await(confirmed)).isTrue();
        deliveries.close();
        assertThat(recovering.attempts()).hasValue(2);
        assertThat(log.lines())
                .filteredOn(line -> line.contains("outcome="))
                .singleElement()
                .asString()
                .contains("outcome=CONFIRMED");
    }

    @Test
    @DisplayName("a party that cannot be told is not tried, and the call does not wait for it")
    void untellable() {
        FakeMessage mute = FakeMessage.untellable("mute");
        assertThat(send(deliveries, List.of(mute))).isEqualTo(results(mute, CANNOT_TELL));
        deliveries.close();
        assertThat(mute.attempts()).hasValue(0);
    }

    @Test
    @DisplayName(
            "one to whom nothing was sent could not be told: it is neither confirmed nor failed, and not tried again")
    void nothingSent() {
        AtomicInteger attempts = new AtomicInteger();
        Message silent = new Message() {
            @Override
            public String realm() {
                return "acme";
            }

            @Override
            public String party() {
                return "silent";
            }

            @Override
            public String sid() {
                return "sid";
            }

            @Override
            public boolean tellable() {
                return true;
            }

            @Override
            public Result attempt() {
                attempts.incrementAndGet();
                return Result.NOTHING_SENT;
            }
        };
        assertThat(send(deliveries, List.of(silent))).isEqualTo(results(silent, CANNOT_TELL));
        deliveries.close();
        assertThat(attempts).hasValue(1);
        assertThat(log.lines())
                .filteredOn(line -> line.contains("party=\"silent\""))
                .singleElement()
                .asString()
                .contains("outcome=CANNOT_TELL");
    }

    @Test
    @DisplayName("a session without parties has an empty result at once")
    void nobody() {
        assertThat(send(deliveries, List.of())).isEmpty();
    }

    @Test
    @DisplayName("the log names the messages that are undelivered when the server stops")
    void undelivered() {
        Deliveries patient = new Deliveries(DeliveryMetrics.NONE, LONG, LONG);
        FakeMessage failing = FakeMessage.to("failing", attempt -> false);
        FakeMessage hanging = FakeMessage.to("hanging", attempt -> await(end));
        send(patient, List.of(failing, hanging));
        // So that closing does not wait for its grace.
        Thread.currentThread().interrupt();
        patient.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(log.lines())
                .filteredOn(line -> line.contains("the server stopped"))
                .hasSize(2)
                .anyMatch(line -> line.contains("party=\"failing\"") && line.contains("session=sid-of-failing"))
                .anyMatch(line -> line.contains("party=\"hanging\""));
    }

    @Test
    @DisplayName("after the stop no message is tried, and the log says so")
    void afterClose() {
        deliveries.close();
        FakeMessage late = FakeMessage.quick("late");
        assertThat(send(deliveries, List.of(late))).isEqualTo(results(late, FAILED));
        assertThat(late.attempts()).hasValue(0);
    }

    @Test
    @DisplayName("after the stop nothing waits behind a party that hangs: it is given up, and that is logged")
    void afterCloseBehindOneThatHangs() {
        List<FakeMessage> hanging = IntStream.range(0, Deliveries.THREADS_FOR_ONE)
                .mapToObj(i -> FakeMessage.to("hanging", "sid" + i, attempt -> await(end)))
                .toList();
        send(deliveries, hanging);
        Thread.currentThread().interrupt();
        deliveries.close();
        assertThat(Thread.interrupted()).isTrue();
        FakeMessage late = FakeMessage.to("hanging", "late", attempt -> true);
        assertThat(send(deliveries, List.of(late))).isEqualTo(results(late, FAILED));
        assertThat(log.lines()).anyMatch(line -> line.contains("session=late ") && line.contains("stopping"));
    }

    @Test
    @DisplayName("code that throws an error leaves its party's threads free for the next message")
    void errors() {
        for (int i = 0; i < 2 * Deliveries.THREADS_FOR_ONE; i++) {
            send(deliveries, List.of(FakeMessage.to("broken", "sid" + i, attempt -> {
                throw new AssertionError("an extension");
            })));
        }
        CountDownLatch told = new CountDownLatch(1);
        send(deliveries, List.of(FakeMessage.to("broken", "last", attempt -> {
            told.countDown();
            return true;
        })));
        assertThat(await(told)).isTrue();
    }

    @Test
    @DisplayName("the queue is bounded: a message that does not fit is given up and logged at once")
    void bounded() {
        IntPredicate hang = attempt -> await(end);
        List<FakeMessage> full = IntStream.range(0, Deliveries.MAX_WAITING)
                .mapToObj(i -> FakeMessage.to("hanging" + i, hang))
                .toList();
        assertThat(send(deliveries, full).values()).allMatch(delivery -> delivery.status() == PENDING);
        FakeMessage oneMore = FakeMessage.quick("oneMore");
        assertThat(send(deliveries, List.of(oneMore))).isEqualTo(results(oneMore, FAILED));
        assertThat(oneMore.attempts()).hasValue(0);
        assertThat(log.lines()).anyMatch(line -> line.contains("party=\"oneMore\"") && line.contains("too many"));
    }

    @Test
    @DisplayName("a party is told once per session, although online and offline twin both name it")
    void twins() {
        Deliveries.DeliveryBatch batch = deliveries.batch();
        FakeMessage online = FakeMessage.quick("wiki");
        FakeMessage offline = FakeMessage.quick("wiki");
        assertThat(batch.send(online)).isPresent();
        assertThat(batch.send(offline)).isEmpty();
        batch.await();
        assertThat(online.attempts()).hasValue(1);
        assertThat(offline.attempts()).hasValue(0);
    }

    @Test
    @DisplayName("an interrupted caller gets the results so far, and stays interrupted")
    void interrupted() {
        FakeMessage hanging = FakeMessage.to("hanging", attempt -> await(end));
        Thread.currentThread().interrupt();
        assertThat(send(deliveries, List.of(hanging))).isEqualTo(results(hanging, PENDING));
        assertThat(Thread.interrupted()).isTrue();
    }

    private static Map<Message, Delivery> results(Message message, Delivery.Status status) {
        return Map.of(message, new Delivery(message.party(), status));
    }

    private static Map<Message, Delivery> results(
            Message one, Delivery.Status status, Message other, Delivery.Status otherStatus) {
        return Map.of(one, new Delivery(one.party(), status), other, new Delivery(other.party(), otherStatus));
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One call's messages: sent, waited for, and how far each got. */
    private static Map<Message, Delivery> send(Deliveries deliveries, List<? extends Message> messages) {
        Deliveries.DeliveryBatch batch = deliveries.batch();
        Map<Message, Supplier<Delivery>> sent = new LinkedHashMap<>();
        messages.forEach(message -> sent.put(message, batch.send(message).orElseThrow()));
        batch.await();
        Map<Message, Delivery> results = new LinkedHashMap<>();
        sent.forEach((message, delivery) -> results.put(message, delivery.get()));
        return results;
    }
}
