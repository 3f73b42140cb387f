using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Runtime.Shards.Fairness;

/// <summary>
/// What one run needs of its node to be executed, and what of it it holds: the turn of the suspects, its family's share, its workspace's
/// share, and a place. They are waited for in this order by somebody who holds none of the later ones, so nobody takes a place from others
/// while standing in line, and no two wait for each other.
/// </summary>
internal sealed class RunPass(NodeLimits limits, Guid? workspace) : IDisposable
{
    // a suspect of a workspace that is flooded must not keep the suspects of the others waiting
    private static readonly TimeSpan LongestWaitInTurn = TimeSpan.FromSeconds(10);

    private Guid? workspace = workspace;
    private Guid? root;
    private SemaphoreSlim? family;
    private SemaphoreSlim? share;
    private bool isSuspect;
    private bool place;

    /// <summary>Whose it is; null when that is not known yet. Then no share is needed either: the run has to be read first.</summary>
    public Guid? Workspace => workspace;

    /// <summary>Whether it holds the turn.</summary>
    public bool HasTurn { get; private set; }

    private SemaphoreSlim? WantedFamily => family is null && root is { } first && workspace is { } its ? limits.FamilyOf(its, first) : null;

    private SemaphoreSlim? WantedShare => share is null && workspace is { } its ? limits.ShareOf(its) : null;

    /// <summary>Says what was learned of the run. False when it has to stand in line for it.</summary>
    public bool TryEnter(RunIdentity run, bool suspect)
    {
        (workspace, root, isSuspect) = (run.Tenant.WorkspaceId, run.RootId, suspect);
        return TryEnter();
    }

    /// <summary>Takes what is needed without waiting; false when something is not to be had.</summary>
    public bool TryEnter()
    {
        if (isSuspect && !HasTurn) HasTurn = limits.Suspects.Wait(0, CancellationToken.None);
        if (isSuspect && !HasTurn) return false;
        if (WantedFamily is { } ofFamily && ofFamily.Wait(0, CancellationToken.None)) family = ofFamily;
        if (family is null && root is not null) return false;
        if (WantedShare is { } ofWorkspace && ofWorkspace.Wait(0, CancellationToken.None)) share = ofWorkspace;
        if (share is null && workspace is not null) return false;
        return place = place || limits.Runs.Wait(0, CancellationToken.None);
    }

    /// <summary>Stands in line for what is needed.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        while (!TryEnter())
        {
            LeavePlace();
            if (isSuspect && !HasTurn)
            {
                LeaveShare();
                LeaveFamily();
                await limits.Suspects.WaitAsync(cancellationToken);
                HasTurn = true;
            }
            else if (WantedFamily is { } ofFamily)
            {
                LeaveShare();
                if (await WaitAsync(ofFamily, cancellationToken)) family = ofFamily;
            }
            else if (WantedShare is { } ofWorkspace)
            {
                if (await WaitAsync(ofWorkspace, cancellationToken)) share = ofWorkspace;
            }
            else
            {
                await limits.Runs.WaitAsync(cancellationToken);
                place = true;
            }
        }
    }

    /// <summary>Lets the next suspect have its turn; this one goes on without.</summary>
    public void EndTurn()
    {
        isSuspect = false;
        LeaveTurn();
    }

    /// <summary>Leaves all that it holds.</summary>
    public void Dispose()
    {
        LeavePlace();
        LeaveShare();
        LeaveFamily();
        LeaveTurn();
    }

    private async Task<bool> WaitAsync(SemaphoreSlim wanted, CancellationToken cancellationToken)
    {
        if (await wanted.WaitAsync(HasTurn ? LongestWaitInTurn : Timeout.InfiniteTimeSpan, cancellationToken)) return true;
        LeaveTurn();
        return false;
    }

    private void LeavePlace()
    {
        if (place) limits.Runs.Release();
        place = false;
    }

    private void LeaveFamily()
    {
        family?.Release();
        family = null;
    }

    private void LeaveShare()
    {
        share?.Release();
        share = null;
    }

    private void LeaveTurn()
    {
        if (HasTurn) limits.Suspects.Release();
        HasTurn = false;
    }
}
