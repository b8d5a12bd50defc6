package dev.identities.keycloak;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Stands in for one of Keycloak's wide interfaces. A test says what a few methods answer; all others answer nothing:
 * null, zero, false, an empty stream. Every call is kept by the method's name.
 */
public final class StandIn<T> {

    private final T proxy;
    private final Map<String, Function<Object[], Object>> answers = new HashMap<>();
    private final List<String> calls = new ArrayList<>();

    /** A new one that answers nothing yet. */
    public StandIn(Class<T> type) {
        proxy = type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> call(method, arguments)));
    }

    /** Sets the answer of a method of this name, for all arguments. The function may throw. */
    public StandIn<T> on(String method, Function<Object[], Object> answer) {
        answers.put(method, answer);
        return this;
    }

    /** Has a method answer with this. */
    public StandIn<T> on(String method, Object answer) {
        return on(method, arguments -> answer);
    }

    /** The interface to hand over. */
    public T get() {
        return proxy;
    }

    /** The names of the methods called so far, in their order. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    private Object call(Method method, Object[] arguments) {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments[0] == proxy;
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "stand-in";
            };
        }
        calls.add(method.getName());
        Function<Object[], Object> answer = answers.get(method.getName());
        return answer == null ? nothing(method.getReturnType()) : answer.apply(arguments);
    }

    private static Object nothing(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        return type == Stream.class ? Stream.empty() : null;
    }
}
