using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WorkflowStudio.Engine.Connectors.Ai;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Connectors.Payments;
using WorkflowStudio.Engine.Connectors.Sms;

namespace WorkflowStudio.Engine.Connectors;

/// <summary>Registers what reaches out of the house.</summary>
public static class ConnectorServices
{
    /// <summary>
    /// The guarded client, calls for steps, the language model, mail server, mailbox, SMS gateway and payment account.
    /// Needs <see cref="IConnections"/> and <see cref="IKeptCalls"/> to be
    /// registered.
    /// </summary>
    public static IServiceCollection AddConnectors(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<GuardedHttpOptions>();
        services.TryAddSingleton(new GatewayCallbacks(null));
        return services.AddSingleton<GuardedHttp>().AddSingleton<IHttpCalls, GuardedCalls>().AddSingleton<IHttpPosts, GuardedPosts>()
            .AddSingleton<ILanguageModel, OpenAiModel>()
            .AddSingleton<SmtpMailServer>().AddSingleton<IMailServer>(p => p.GetRequiredService<SmtpMailServer>())
            .AddSingleton<ImapMailbox>()
            .AddSingleton<TwilioGateway>().AddSingleton<ISmsGateway>(p => p.GetRequiredService<TwilioGateway>())
            .AddSingleton<StripeAccount>().AddSingleton<IPaymentAccount>(p => p.GetRequiredService<StripeAccount>())
            .AddSingleton<HttpSignIn>().AddConnectionKinds();
    }

    // in the order in which they are offered
    private static IServiceCollection AddConnectionKinds(this IServiceCollection services) => services
        .AddSingleton<ConnectionKind, SmtpKind>().AddSingleton<ConnectionKind, ImapKind>().AddSingleton<ConnectionKind, SmsKind>()
        .AddSingleton<ConnectionKind, StripeKind>().AddSingleton<ConnectionKind, AiKind>()
        .AddSingleton<ConnectionKind, HttpKind>().AddSingleton<ConnectionKind, WebhookSecretKind>().AddSingleton<ConnectionCatalog>();
}
