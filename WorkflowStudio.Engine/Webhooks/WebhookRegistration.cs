using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Webhooks;

/// <summary>Registers what tells others of runs and workflows.</summary>
public static class WebhookRegistration
{
    /// <summary>How long deliveries are kept.</summary>
    public static readonly TimeSpan DeliveryAge = TimeSpan.FromDays(30);

    /// <summary>Endpoints and the outbox of their deliveries. Needs the store and connectors.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton<EndpointListeners>().AddSingleton<CourierBell>().AddSingleton<IAnnouncer, WebhookAnnouncer>()
        .AddSingleton<EndpointStore>()
        .AddSingleton(p => new EndpointWrites(p.GetRequiredService<EndpointListeners>(), p.GetRequiredService<CourierBell>()))
        .AddSingleton<DeliveryPost>()
        .AddSingleton(p => new EndpointTrial(p.GetRequiredService<DeliveryPost>(), p.GetRequiredService<TimeProvider>()))
        .AddSingleton<AgedRows>(new AgedRows<DeliveryRow>(DeliveryAge, nameof(DeliveryRow.CreatedAt)));

    /// <summary>Delivers them, while the server runs.</summary>
    public static IServiceCollection AddCourier(this IServiceCollection services) => services
        .AddSingleton<DeliveryLanes>().AddSingleton<DeliveryBook>().AddSingleton<Courier>()
        .AddHostedService(p => p.GetRequiredService<Courier>());
}
