using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WorkflowStudio.Engine.Connectors.Ai;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Connectors.Sms;

namespace WorkflowStudio.Engine.Connectors;

/// <summary>Registers what reaches out of the house.</summary>
public static class ConnectorServices
{
    /// <summary>
    /// The guarded client, calls for steps, the language model, mail server and SMS gateway.
    /// Needs <see cref="IConnections"/> and <see cref="IKeptCalls"/> to be
    /// registered.
    /// </summary>
    public static IServiceCollection AddConnectors(this IServiceCollection services)
    {
        services.TryAddSingleton<GuardedHttpOptions>();
        return services.AddSingleton<GuardedHttp>().AddSingleton<IHttpCalls, GuardedCalls>().AddSingleton<IHttpPosts, GuardedPosts>()
            .AddSingleton<ILanguageModel, OpenAiModel>().AddSingleton<IMailServer, SmtpMailServer>()
            .AddSingleton<ISmsGateway, TwilioGateway>();
    }
}
