using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Tests.Support.Fakes;

/// <summary>A mail server that answers what it is told, once each; the last answer is given again and again.</summary>
internal sealed class ScriptedMail(params Answer<string>[] answers) : IMailServer
{
    /// <summary>The server broke off while it had the mail.</summary>
    public static readonly ConnectorProblem BrokeOff = new(ConnectorProblem.OutcomeUnknown, "Nobody knows.");

    public List<MailToSend> Mails { get; } = [];

    /// <summary>Whose server was asked for each.</summary>
    public List<Tenant> Tenants { get; } = [];

    public bool IsConnected { get; set; } = true;

    public Task<bool> IsConnectedAsync(Tenant tenant, CancellationToken cancellationToken) => Task.FromResult(IsConnected);

    public Task<Answer<string>> SendAsync(Tenant tenant, MailToSend mail, CancellationToken cancellationToken)
    {
        Mails.Add(mail);
        Tenants.Add(tenant);
        return Task.FromResult(answers[Math.Min(Mails.Count, answers.Length) - 1]);
    }
}
