package io.ternmq.common.layout;

import com.tngtech.archunit.core.domain.PackageMatcher;

/**
 * A pattern of package names, as {@link PackageMatcher} reads them.
 *
 * @param text {@code "a.b"} for the package alone, {@code "a.b.."} also for all below it, {@code "a.*"} for any one name
 */
record PackagePattern(String text) {
    static PackagePattern of(String text) {
        return new PackagePattern(text);
    }

    boolean matches(String packageName) {
        return PackageMatcher.of(text).matches(packageName);
    }
}
