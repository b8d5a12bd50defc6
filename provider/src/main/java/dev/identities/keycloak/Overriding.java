package dev.identities.keycloak;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * A proxy that overrides a few methods of one of Keycloak's wide interfaces. A class would have to repeat all methods,
 * and would break with each one that Keycloak adds.
 */
public final class Overriding {

    private Overriding() {}

    /**
     * The real object with some answers replaced.
     *
     * @param override answers a call; null where the real object is to answer
     */
    public static <T> T of(Class<T> type, T real, InvocationHandler override) {
        return type.cast(Proxy.newProxyInstance(
                Overriding.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                    Object replaced = override.invoke(proxy, method, args);
                    if (replaced != null) {
                        return replaced;
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
