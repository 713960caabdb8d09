/**
 * A broker with its name server in a container, for tests that use Testcontainers. Owns nothing but the container that it
 * describes. Uses no other module: servers are in the image. Start at {@link io.ternmq.testcontainers.TernMqContainer}.
 */
package io.ternmq.testcontainers;
