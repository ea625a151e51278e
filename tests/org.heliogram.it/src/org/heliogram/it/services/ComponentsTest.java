/*
 * Copyright (c) 2026 The Heliogram project and others.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.heliogram.it.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Every class marked as a component must be known to OSGi, and find what it asks for. */
@Tag("osgi")
class ComponentsTest {
  private static final Pattern COMPONENT = Pattern.compile("^@Component", Pattern.MULTILINE);

  private final BundleContext context = FrameworkUtil.getBundle(ComponentsTest.class).getBundleContext();
  private final ServiceComponentRuntime runtime =
      context.getService(context.getServiceReference(ServiceComponentRuntime.class));

  @Test
  void everyComponentInTheSourcesIsDeclared() throws IOException {
    Set<String> marked = new TreeSet<>();
    for (Bundle bundle : ours()) {
      marked.addAll(componentsIn(bundle));
    }

    Set<String> declared = descriptions().stream().map(each -> each.implementationClass)
        .collect(Collectors.toCollection(TreeSet::new));

    assertFalse(marked.isEmpty());
    assertEquals(marked, declared);
  }

  @Test
  void everyComponentFindsWhatItNeeds() {
    List<String> waiting = descriptions().stream().flatMap(each -> runtime.getComponentConfigurationDTOs(each).stream())
        .filter(each -> each.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE
            || each.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
        .map(each -> each.description.name + " waits for "
            + Arrays.stream(each.unsatisfiedReferences).map(reference -> reference.name).toList() + " " + each.failure)
        .toList();

    assertEquals(List.of(), waiting);
  }

  private Collection<ComponentDescriptionDTO> descriptions() {
    return runtime.getComponentDescriptionDTOs(ours().toArray(Bundle[]::new));
  }

  private List<Bundle> ours() {
    return Arrays.stream(context.getBundles()).filter(bundle -> Files.isDirectory(sources(bundle)))
        .toList();
  }

  private static Path sources(Bundle bundle) {
    return Path.of("..", "..", "bundles", bundle.getSymbolicName(), "src");
  }

  private static Set<String> componentsIn(Bundle bundle) throws IOException {
    Path sources = sources(bundle);
    try (Stream<Path> files = Files.walk(sources)) {
      return files.filter(file -> file.toString().endsWith(".java")).filter(ComponentsTest::isComponent)
          .map(file -> sources.relativize(file).toString().replace(".java", "").replace('/', '.').replace('\\', '.'))
          .collect(Collectors.toSet());
    }
  }

  private static boolean isComponent(Path file) {
    try {
      return COMPONENT.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
